// Population: course, pyramid, age groups, components of change.
import { ageStep, course, data, figure, interval, pyramid as pyramidRows, pyramidYears } from "./data.js";
import { chart, h, section } from "./dom.js";
import { colours, dots, fan, pyramid, stacked } from "./draw.js";
import { number, percent, range, signed } from "./format.js";
import { cell, choose, firstYear, scenarioNames, state } from "./state.js";
import { inside } from "./headline.js";
import { areaName, capital, label, t } from "./words.js";

const persons = "population/persons";
const ages = () => data.labels.age;
/// The oldest group, which care is about; all ages are the last label.
const oldest = () => ages()[Math.max(0, ages().length - 2)];

function inWords() {
  const at = (year, age) => figure(persons, state.scenario, cell({ year, age }));
  const [then, oldNow, oldThen] = [at(state.year, "all"), at(firstYear, oldest()), at(state.year, oldest())];
  const now = at(firstYear, "all");
  if (!now || !then || !oldNow || !oldThen) return null;
  const ends = interval(then);
  return h(
    "p",
    { class: "lead" },
    capital(
      t("population_words", {
        area: areaName(state.area),
        now: number(now.mean),
        then: number(then.mean),
        first: firstYear,
        year: state.year,
        scenario: scenarioNames[state.scenario],
        ages: oldest(),
        old_now: number(oldNow.mean),
        old_then: number(oldThen.mean),
        change: `${oldThen.mean >= oldNow.mean ? "+" : ""}${percent(oldThen.mean / oldNow.mean - 1)}`,
        range: ends ? t("with_range", { inside: inside(), range: range(ends) }) : "",
      }),
    ),
  );
}

/// The chosen scenario with its bands; the base beside it where it is another and differs.
export function coursesOf(path, more) {
  const of = (scenario) => course(path, scenario, cell(more));
  const own = of(state.scenario);
  const series = [{ label: scenarioNames[state.scenario], colour: colours.surplus, points: own }];
  const base = state.scenario === 0 ? [] : of(0);
  if (base.length && base.some((point, at) => point.mean !== own[at]?.mean)) {
    series.unshift({
      label: scenarioNames[0],
      colour: colours.soft,
      dashed: true,
      points: base.map((point) => ({ ...point, quantiles: [] })),
    });
  }
  return series.filter(({ points }) => points.length);
}

export function courseTable(series) {
  const heads = [t("year"), ...series.flatMap(({ label: name }) => [name, t("low"), t("high")])];
  const rows = series[0].points.map(({ year }, at) => [
    String(year),
    ...series.flatMap(({ points }) => {
      const ends = interval(points[at]) ?? [null, null];
      return [number(points[at]?.mean), number(ends[0]), number(ends[1])];
    }),
  ]);
  return [heads, rows];
}

function courseChart(id, title, age) {
  const series = coursesOf(persons, { age });
  if (!series.length) return null;
  return chart({
    id,
    title,
    note: t(inside() ? "fan_note" : "line_note"),
    figures: courseTable(series),
    draw: (width) => fan(series, { width, mark: state.year, labels: series.length > 1 }),
  });
}

function pyramidChart() {
  const year = pyramidYears.reduce(
    (best, one) => (Math.abs(one - state.year) < Math.abs(best - state.year) ? one : best),
    pyramidYears[0],
  );
  const rows = pyramidRows(state.scenario, year, state.area);
  if (!rows.length) return h("p", { class: "absent", id: "pyramid" }, t("no_pyramid"));
  const before = pyramidRows(state.scenario, firstYear, state.area);
  const most = Math.max(
    ...pyramidYears.flatMap((one) => pyramidRows(state.scenario, one, state.area).map((row) => row.high ?? row.mean)),
  );
  const spread = rows.some((row) => row.low !== undefined);
  const said = [t("pyramid_note", { year, first: firstYear })];
  if (inside()) said.push(spread ? t("pyramid_spread", { inside: inside() }) : t("pyramid_no_spread"));
  const byAge = new Map(rows.map((row) => [row.age, {}]));
  for (const row of rows) byAge.get(row.age)[row.sex] = row;
  const text = (row) =>
    row ? number(row.mean) + (row.low === undefined ? "" : ` (${number(row.low)}–${number(row.high)})`) : "–";
  return chart({
    id: "pyramid",
    title: t("pyramid", { area: areaName(state.area), year }),
    note: said.join(" "),
    figures: [
      [t("age"), t("men"), t("women")],
      [...byAge].map(([age, of]) => [String(age), text(of.male), text(of.female)]),
    ],
    draw: (width) =>
      pyramid(rows, before, {
        width: Math.min(width, 620),
        step: ageStep,
        most,
        words: { unit: label("persons"), age: t("age"), men: t("men"), women: t("women") },
      }),
  });
}

function ageGroupChart() {
  const rows = ages()
    .filter((age) => age !== "all")
    .map((age) => {
      const value = figure(persons, state.scenario, cell({ age }));
      const before = figure(persons, state.scenario, cell({ age, year: firstYear }));
      return (
        value && {
          name: age,
          mean: value.mean,
          interval: interval(value),
          colour: colours.surplus,
          text: `${number(value.mean)} (${signed(value.mean - before.mean)})`,
        }
      );
    })
    .filter(Boolean);
  if (!rows.length) return null;
  return chart({
    id: "age-groups",
    title: t("age_groups", { area: areaName(state.area), year: state.year }),
    note: inside() ? t("ranking_note_plain", { inside: inside() }) : t("ranking_note_certain"),
    figures: [
      [t("age"), `${t("expected")} (${t("difference").toLowerCase()} ${firstYear})`, t("low"), t("high")],
      rows.map((row) => [row.name, row.text, number(row.interval?.[0]), number(row.interval?.[1])]),
    ],
    draw: (width) => dots(rows, { width, unit: label("persons") }),
  });
}

const flows = [
  ["births", [["population/births", 1]]],
  ["deaths", [["population/deaths", -1]]],
  [
    "domestic",
    [
      ["population/domestic_in", 1],
      ["population/domestic_out", -1],
    ],
  ],
  [
    "abroad",
    [
      ["population/immigration", 1],
      ["population/emigration", -1],
    ],
  ],
  ["domestic", [["population/net_migration", 1]]],
];

/// Rows of { at: year, part, value, colour } of the chosen scenario and area.
function components() {
  return flows.flatMap(([part, paths]) => {
    const courses = paths.map(([path, sign]) => [course(path, state.scenario, cell()), sign]);
    if (!courses[0][0].length) return [];
    return courses[0][0].map(({ year }, at) => ({
      at: year,
      part: t(part),
      colour: colours[part],
      value: courses.reduce((sum, [points, sign]) => sum + sign * points[at].mean, 0),
    }));
  });
}

function componentChart() {
  const rows = components();
  if (!rows.length) return null;
  const years = [...new Set(rows.map((row) => row.at))];
  const whole = years.map((at) => ({
    at,
    value: rows.filter((row) => row.at === at).reduce((sum, row) => sum + row.value, 0),
  }));
  const parts = [...new Map(rows.map((row) => [row.part, row.colour]))].map(([name, colour]) => ({
    label: name,
    colour,
  }));
  return chart({
    id: "components",
    title: t("components", { area: areaName(state.area) }),
    note: t("components_note"),
    legend: parts,
    figures: [
      [t("year"), ...parts.map((part) => part.label), t("change")],
      years.map((at, index) => [
        String(at),
        ...parts.map((part) => signed(rows.find((row) => row.at === at && row.part === part.label)?.value)),
        signed(whole[index].value),
      ]),
    ],
    draw: (width) => stacked(rows, whole, { width, years: true }),
  });
}

function yearSlider() {
  const output = h("output", { for: "pyramid-year" }, String(state.year));
  return h(
    "p",
    { class: "slider" },
    h("label", { for: "pyramid-year" }, t("pyramid_year")),
    h("input", {
      type: "range",
      id: "pyramid-year",
      min: pyramidYears[0],
      max: pyramidYears[pyramidYears.length - 1],
      step: pyramidYears.length > 1 ? pyramidYears[1] - pyramidYears[0] : 1,
      value: state.year,
      oninput: (event) => choose({ year: Number(event.target.value) }),
    }),
    output,
  );
}

export function people() {
  const area = areaName(state.area);
  return section(
    "people",
    t("population"),
    inWords(),
    h(
      "div",
      { class: "pair" },
      courseChart("people-all", t("people_course", { area }), "all"),
      courseChart("people-old", t("people_age_course", { area, age: oldest() }), oldest()),
    ),
    pyramidYears.length ? yearSlider() : null,
    h("div", { class: "pair" }, pyramidChart(), ageGroupChart()),
    componentChart(),
  );
}
