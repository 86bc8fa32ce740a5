// The first screen: who lacks most, how sure that is, and which scenario helps most.
import { data, difference, figure, interval, municipalities, outerShares, scenarios, together } from "./data.js";
import { chart, h } from "./dom.js";
import { colours, dots, map } from "./draw.js";
import { number, percent, range, signed } from "./format.js";
import { chooseArea, choose, isGap, scenarioNames, state, subjectCell } from "./state.js";
import { areaName, capital, label, listed, t } from "./words.js";

// Rows of a chart; the table has all.
const most = 25;
const mostScenarios = 6;

/// What is ranked, in words: "assistant nurses", "users of home care", "people aged 80+".
export function subjectName({ path, kind } = state.subject) {
  if (path === "population/persons" && kind === "all") return t("people_all");
  const phrases = { "population/persons": "people_aged", "care/users": "users_of", "welfare/persons": "in_need" };
  return path in phrases ? t(phrases[path], { what: label(kind) }) : label(kind);
}

/// Municipalities by the chosen figure, most first: { area, name, mean, interval, need, share }.
export function ranked(scenario = state.scenario) {
  const rows = municipalities
    .map((area) => {
      const value = figure(state.subject.path, scenario, subjectCell(area));
      const need = isGap() ? figure("workforce/demand_fte", scenario, subjectCell(area))?.mean : null;
      return (
        value && {
          area,
          name: areaName(area),
          code: area.code,
          mean: value.mean,
          interval: interval(value),
          need,
          share: need ? value.mean / need : null,
        }
      );
    })
    .filter(Boolean);
  return rows.sort((one, other) => other.mean - one.mean);
}

/// Posts missing in those municipalities that lack any, as expected.
export function missingIn(scenario) {
  return ranked(scenario).reduce((sum, row) => sum + Math.max(0, row.mean), 0);
}

/// How many of 100 futures an interval holds.
export function inside(scenario = state.scenario) {
  const shares = outerShares(scenario);
  return shares ? Math.round(100 * (shares[1] - shares[0])) : null;
}

function whoLacks(rows) {
  const [first] = rows;
  const values = {
    area: first.name,
    what: subjectName(),
    year: state.year,
    mean: number(first.mean),
    share: percent(first.share ?? 0),
    scenario: scenarioNames[state.scenario],
  };
  if (!isGap()) return capital(t("has_most", values));
  return first.mean > 0 ? t("lacks_most", values) : t("none_missing", values);
}

/// What the intervals of the first and of those after it say.
export function howSure(rows) {
  const [first] = rows;
  if (!first.interval) return [t("no_draws")];
  const said = [t(isGap() ? "interval_is" : "interval_of", { inside: inside(), range: range(first.interval) })];
  if (isGap()) {
    said.push(
      first.interval[0] > 0
        ? t("surely_lacks", { share: percent(1 - outerShares(state.scenario)[0]) })
        : t("may_not_lack"),
    );
  }
  const near = rows
    .slice(1)
    .filter((row) => row.interval[1] > first.interval[0])
    .map((row) => row.name);
  const named = near.length > 3 ? [...near.slice(0, 2), t("others_more", { count: near.length - 2 })] : near;
  said.push(near.length ? t("not_clearly", { others: listed(named) }) : t("clearly_first"), t("not_covered"));
  return said;
}

/// The change of a figure in an area against the base scenario, in words.
function changeIn(area, scenario) {
  const exact = difference(state.subject.path, scenario, subjectCell(area));
  const of = (one) => figure(state.subject.path, one, subjectCell(area))?.mean;
  const change = exact?.mean ?? of(scenario) - of(0);
  const ends = interval(exact);
  return ends
    ? t("change_with_interval", { change: signed(change), inside: inside(scenario), range: range(ends) })
    : t("change_alone", { change: signed(change) });
}

/// Which scenario leaves fewest posts missing, of those that somebody can decide.
export function whatHelps() {
  if (scenarios.length === 1) return [t("only_one")];
  if (!isGap()) return [];
  const missing = scenarios.map((_, scenario) => missingIn(scenario));
  const choices = [...missing.keys()].filter((scenario) => scenario === 0 || !scenarios[scenario].external);
  const best = choices.reduce((least, scenario) => (missing[scenario] < missing[least] ? scenario : least));
  const base = scenarioNames[0];
  if (missing[0] - missing[best] < 0.5) return [t("none_helps", { base })];
  const worst = ranked(0)[0].area;
  return [
    t("helps_most", {
      scenario: scenarioNames[best],
      less: number(missing[0] - missing[best]),
      base,
      mean: number(missing[best]),
      from: number(missing[0]),
    }),
    t("in_worst", { area: areaName(worst), change: changeIn(worst, best) }),
  ];
}

export function answers() {
  const rows = ranked();
  if (!rows.length) return h("div", { class: "answers" });
  const helps = whatHelps();
  return h(
    "div",
    { class: "answers", id: "answers", "aria-live": "polite" },
    h("p", { class: "answer" }, whoLacks(rows)),
    h("div", {}, h("h2", {}, t("how_sure")), h("p", {}, howSure(rows).join(" "))),
    helps.length ? h("div", {}, h("h2", {}, t("helps")), h("p", {}, helps.join(" "))) : null,
  );
}

const asShare = () => isGap() && state.share;
const colourOf = (value) => (!isGap() || value <= 0 ? colours.surplus : colours.lack);

/// Of changes of less than half a post nothing can be seen.
const colourOfChange = (change) =>
  Math.abs(change) < 0.5 ? colours.soft : change < 0 ? colours.surplus : colours.lack;

/// In posts, or in per cent of the posts needed as expected.
function shownAs(row) {
  if (!asShare() || !row.need) return { ...row, text: number(row.mean) };
  const part = (value) => (100 * value) / row.need;
  return { ...row, mean: part(row.mean), interval: row.interval?.map(part), text: percent(row.share) };
}

function rankingTable(rows) {
  const heads = [t("area"), t("expected"), t("low"), t("high")].concat(
    isGap() ? [t("need"), t("share_missing")] : [],
  );
  return [
    heads,
    rows.map((row) => [
      row.name,
      number(row.mean),
      number(row.interval?.[0]),
      number(row.interval?.[1]),
      ...(isGap() ? [number(row.need), row.share === null ? "–" : percent(row.share)] : []),
    ]),
  ];
}

export function rankingChart() {
  const all = ranked();
  const rows = all
    .map(shownAs)
    .sort((one, other) => other.mean - one.mean)
    .slice(0, most)
    .map((row) => ({ ...row, colour: colourOf(row.mean), strong: row.area === state.area }));
  const values = { what: subjectName(), year: state.year, inside: inside() };
  const note = inside() ? t(isGap() ? "ranking_note" : "ranking_note_plain", values) : t("ranking_note_certain");
  const cut = all.length > most ? ` ${t("first_of_many", { count: most, all: all.length })}` : "";
  return chart({
    id: "ranking",
    title: t(isGap() ? "ranking" : "ranking_of", values),
    note: note + cut,
    figures: rankingTable(all),
    draw: (width) =>
      dots(rows, {
        width,
        unit: isGap() ? t(asShare() ? "of_need" : "posts") : "",
        onChoose: (row) => chooseArea(row.code),
      }),
  });
}

/// A map shows shares: numbers would only show where many people live.
export function mapChart() {
  const values = { what: subjectName(), year: state.year };
  const population = (area) =>
    figure("population/persons", state.scenario, { area: area.at, year: state.year, age: "all" });
  const rows = ranked()
    .filter((row) => data.boundaries[row.code])
    .map((row) => {
      const value = row.share ?? row.mean / (population(row.area)?.mean ?? NaN);
      return {
        ...row,
        value,
        text: percent(value, Math.abs(value) < 0.1 && !isGap() ? 1 : 0),
        outline: data.boundaries[row.code],
        chosen: row.area === state.area,
      };
    })
    .filter((row) => Number.isFinite(row.value));
  if (!rows.length) return h("p", { class: "absent", id: "map" }, t("no_map"));
  return chart({
    id: "map",
    title: capital(t("map", values)),
    note: t(isGap() ? "map_note_gap" : "map_note_share"),
    figures: [[t("area"), t(isGap() ? "share_missing" : "share_of_people")], rows.map((row) => [row.name, row.text])],
    draw: (width) => map(rows, { width, diverging: isGap(), onChoose: (row) => chooseArea(row.code) }),
  });
}

/// The first scenarios, and the base and the chosen one wherever they stand.
function shortened(rows) {
  const first = rows.filter((row, at) => at < mostScenarios || row.scenario === 0 || row.strong);
  return first.length < rows.length ? first : rows;
}

function cutNote(note, rows) {
  const cut = rows.length > shortened(rows).length;
  return cut ? `${note} ${t("best_of_many", { count: mostScenarios, all: rows.length })}` : note;
}

/// Its name, with a word beside it where nobody decides what it supposes.
function markedName(scenario) {
  const name = scenarioNames[scenario];
  return scenarios[scenario].external ? `${name} (${t("external")})` : name;
}

/// One row of each scenario, least missing first; of what is not missing in the order of the files.
export function scenarioChart() {
  const path = state.subject.path;
  const rows = scenarios
    .map((_, scenario) => {
      const value = isGap()
        ? { mean: missingIn(scenario), quantiles: [] }
        : figure(path, scenario, subjectCell(together));
      return value && { scenario, name: markedName(scenario), mean: value.mean, interval: interval(value) };
    })
    .filter(Boolean);
  const base = rows[0]?.mean;
  if (isGap()) rows.sort((one, other) => one.mean - other.mean);
  for (const row of rows) {
    const change = row.scenario === 0 ? t("base_scenario") : signed(row.mean - base);
    Object.assign(row, {
      text: `${number(row.mean)} (${change})`,
      strong: row.scenario === state.scenario,
      colour: !isGap() ? colours.surplus : colourOfChange(row.mean - base),
    });
  }
  const values = { what: subjectName(), year: state.year };
  return chart({
    id: "scenarios-ranked",
    title: t(isGap() ? "scenario_ranking" : "scenario_ranking_of", values),
    note: cutNote(isGap() ? t("scenario_ranking_note") : capital(areaName(together)), rows),
    figures: [
      [t("scenario"), t("total"), t("difference")],
      rows.map((row) => [row.name, number(row.mean), signed(row.mean - base)]),
    ],
    draw: (width) =>
      dots(shortened(rows), {
        width,
        unit: isGap() ? t("posts") : "",
        onChoose: (row) => choose({ scenario: row.scenario }),
      }),
  });
}

/// The scenarios in the area chosen, or in the one that lacks most: differences from the base where
/// the file has them with intervals, else each with its own.
export function scenarioAreaChart() {
  if (scenarios.length === 1) return null;
  const area = state.area === together && isGap() ? ranked(0)[0].area : state.area;
  const exact = scenarios.some((_, scenario) => difference(state.subject.path, scenario, subjectCell(area)));
  if (!isGap() && !exact && area === together) return null; // the chart above shows the same
  const rows = scenarios
    .map((_, scenario) => {
      const value = (exact ? difference : figure)(state.subject.path, scenario, subjectCell(area));
      return (
        value && {
          scenario,
          name: markedName(scenario),
          mean: value.mean,
          interval: interval(value),
          text: exact ? signed(value.mean) : number(value.mean),
          strong: scenario === state.scenario,
          colour: exact ? colourOfChange(value.mean) : colourOf(value.mean),
        }
      );
    })
    .filter(Boolean);
  if (isGap()) rows.sort((one, other) => one.mean - other.mean);
  const values = { area: areaName(area), year: state.year, base: scenarioNames[0], inside: inside() ?? "–" };
  return chart({
    id: "scenarios-in-area",
    title: t("scenario_in_area", values),
    note: cutNote(exact ? t("scenario_difference_note", values) : isGap() ? t("scenario_own_note") : "", rows),
    figures: [
      [t("scenario"), t(exact ? "difference" : "expected"), t("low"), t("high")],
      rows.map((row) => [row.name, row.text, number(row.interval?.[0]), number(row.interval?.[1])]),
    ],
    draw: (width) =>
      dots(shortened(rows), {
        width,
        unit: isGap() ? t("posts") : "",
        onChoose: (row) => choose({ scenario: row.scenario }),
      }),
  });
}
