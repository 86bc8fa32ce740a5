// Goals, scenarios side by side, and forecasts against what happened.
import { group, max, rollup } from "d3";
import { areas, data, figure, has, scenarios } from "./data.js";
import { chart, h, scroll, section, table } from "./dom.js";
import { colours, dots, stacked } from "./draw.js";
import { decimals, number, percent, signed } from "./format.js";
import { cell, many, scenarioNames, state } from "./state.js";
import { areaName, capital, contents, label, t } from "./words.js";

function bar(share) {
  const fill = h("span", {});
  fill.style.width = `${100 * share}%`;
  return h(
    "span",
    { class: "probability" },
    h("span", { class: "track", "aria-hidden": "true" }, fill),
    percent(share),
  );
}

function goalRow(goal, scenario) {
  const { result } = goal;
  const only = (list) => (list ? list[0] : null);
  const at = data.labels.year.indexOf(goal.year);
  const area = areas.find(({ code }) => code === goal.area);
  const what = [
    has(goal.of) ? contents(goal.of) : goal.of,
    goal.kind && label(goal.kind),
    goal.ages,
    area && areaName(area),
  ];
  const bound = goal.relative_to
    ? `${percent(Number(goal.bound))} (${goal.relative_to})`
    : number(Number(goal.bound));
  const figureThen = result.figure?.[at];
  const shown = goal.relative_to ? percent(figureThen) : number(figureThen);
  return [
    goal.name,
    scenarioNames[scenario],
    what.filter(Boolean).join(", "),
    `${t(goal.side)} ${bound}, ${goal.year}${goal.holds === "from_year" ? "–" : ""}`,
    only(result.probability) === null ? "–" : bar(only(result.probability)),
    shown,
    only(result.first_year) === null ? t("never") : String(only(result.first_year)),
  ];
}

/// Of many scenarios only how probably each goal is met.
function goalsOfMany() {
  const names = [...new Set(data.goals.flatMap((list) => list.map(({ name }) => name)))];
  const rows = data.goals.map((list, scenario) => [
    scenarioNames[scenario],
    ...names.map((name) => {
      const share = list.find((goal) => goal.name === name)?.result.probability?.[0];
      return share === undefined || share === null ? "–" : bar(share);
    }),
  ]);
  return table(t("met_with"), [t("scenario"), ...names], rows);
}

export function goals() {
  const rows = data.goals.flatMap((list, scenario) => list.map((goal) => goalRow(goal, scenario)));
  if (!rows.length) return section("goals", t("goals"), h("p", { class: "absent" }, t("no_goals")));
  const heads = ["goal", "scenario", "figure", "bound", "met_with", "expected_figure", "first_met"].map((key) =>
    t(key),
  );
  const once = rows.filter(([name], at) => rows.findIndex(([other]) => other === name) === at);
  const shown = scenarios.length > many ? once : rows;
  return section(
    "goals",
    t("goals"),
    scroll(t("goals"), table(t("goals"), heads, shown, true)),
    scenarios.length > many ? scroll(t("met_with"), goalsOfMany()) : null,
  );
}

/// Rows of the table of scenarios: [path, what stands on its last axis, how it is written].
function keyFigures() {
  const rows = [["population/persons", { age: "all" }, contents("population/persons"), number]];
  const ages = data.labels.age;
  if (ages.length > 1) {
    const age = ages[ages.length - 2];
    rows.push(["population/persons", { age }, `${contents("population/persons")} ${age}`, number]);
  }
  const kinds = (path, axis, format) =>
    has(path)
      ? data.labels[axis].forEach((kind) =>
          rows.push([path, { [axis]: kind }, `${contents(path)}: ${label(kind)}`, format]),
        )
      : null;
  kinds("care/users", "service", number);
  if (has("care/cost")) {
    data.labels.service.forEach((service) =>
      rows.push(["care/cost", { service }, `${t("cost")}: ${label(service)}`, number]),
    );
  }
  kinds("workforce/gap_fte", "occupation", number);
  kinds("workforce/recruitment_need", "occupation", number);
  kinds("welfare/persons", "need", number);
  for (const [name, digits] of indicators) {
    if (has(name)) rows.push([name, {}, contents(name), (value) => decimals(value, digits)]);
  }
  return rows;
}

const indicators = [
  ["indicators/old_age_dependency_ratio", 2],
  ["indicators/mean_age", 1],
  ["indicators/life_expectancy_female", 1],
  ["indicators/life_expectancy_male", 1],
  ["indicators/total_fertility_rate", 2],
];

/// Of each key figure its name and the texts of all scenarios, differences from the base in brackets.
function comparedRows() {
  return keyFigures()
    .map(([path, more, name, format]) => {
      const values = scenarios.map((_, scenario) => figure(path, scenario, cell(more))?.mean ?? null);
      const texts = values.map((value, scenario) => {
        if (value === null) return "–";
        const change = value - values[0];
        const differs = scenario > 0 && values[0] !== null && format(value) !== format(values[0]);
        return differs ? `${format(value)} (${change > 0 ? "+" : ""}${format(change)})` : format(value);
      });
      return { row: [capital(name), ...texts], known: values.some(Boolean), differs: new Set(texts).size > 1 };
    })
    .filter(({ known }) => known);
}

/// Many scenarios stand below each other, with those figures alone in which they differ.
export function compared() {
  const title = t("compared");
  if (scenarios.length === 1) return section("compared", title, h("p", { class: "absent" }, t("only_one")));
  const all = comparedRows();
  const below = scenarios.length > many;
  const shown = all.filter(({ differs }) => !below || differs).map(({ row }) => row);
  const heads = below ? [t("scenario"), ...shown.map(([name]) => name)] : [t("figure"), ...scenarioNames];
  const rows = below ? scenarioNames.map((name, at) => [name, ...shown.map((row) => row[at + 1])]) : shown;
  const values = { area: areaName(state.area), year: state.year, base: scenarioNames[0] };
  return section(
    "compared",
    title,
    h("p", { class: "lead" }, capital(t("compared_words", values))),
    scroll(title, table(title, heads, rows, true)),
  );
}

/// Columns of equal length as rows.
function rowsOf(columns) {
  if (!columns) return [];
  const names = Object.keys(columns);
  return columns[names[0]].map((_, at) => Object.fromEntries(names.map((name) => [name, columns[name][at]])));
}

const groupedBy = (rows, key) => [...group(rows, key).values()];
const nameOf = (code) => {
  const area = areas.find((one) => one.code === code);
  return area ? areaName(area) : code;
};
const pair = (row) => `${row.standard}|${row.result}|${row.variable}|${row.kind}|${row.year}`;

/// What a row is of, its service or occupation named.
const whatOf = ({ variable, kind }) =>
  [has(variable) ? contents(variable) : variable, kind && label(kind)].filter(Boolean).join(": ");

function errorChart(rows, id) {
  const [first] = rows;
  const values = {
    result: first.result,
    standard: first.standard,
    year: first.year,
    what: whatOf(first),
    ages: label(first.ages || "all"),
  };
  const shown = rows
    .map((row) => ({
      name: nameOf(row.area),
      mean: row.figure_percent,
      text: `${decimals(row.figure_percent, 1)} %`,
      colour: row.figure_percent > 0 ? colours.lack : colours.surplus,
      row,
    }))
    .sort((one, other) => other.mean - one.mean);
  return chart({
    id,
    title: t("errors", values),
    note: t("errors_note", values),
    figures: [
      [t("area"), t("standard"), t("result"), `${t("error")}, %`],
      shown.map(({ name, row }) => [
        name,
        number(row.figure_standard),
        number(row.figure_result),
        decimals(row.figure_percent, 1),
      ]),
    ],
    draw: (width) => dots(shown, { width, unit: "%" }),
  });
}

const measureNames = ["mape", "mdape", "malpe", "wape", "within_5", "within_10", "direction_hits"];
/// Of ensembles alone.
const coverageNames = ["coverage_80", "coverage_95"];

/// Of each pair of files the last year.
function measureTable(rows) {
  const files = (row) => `${row.standard}|${row.result}|${row.variable}`;
  const last = rollup(rows, (of) => max(of, (row) => row.year), files);
  const all = [...measureNames, ...coverageNames];
  const over = rows.filter(
    (row) => row.year === last.get(files(row)) && all.includes(row.name) && row.figure_value !== null,
  );
  if (!over.length) return null;
  const shown = all.filter((name) => measureNames.includes(name) || over.some((row) => row.name === name));
  const lines = groupedBy(over, (row) => `${pair(row)}|${row.ages}`).map((of) => {
    const [first] = of;
    const value = (name) => of.find((row) => row.name === name)?.figure_value;
    return [
      `${first.result}, ${first.year}, ${label(first.ages)}`,
      first.standard,
      ...shown.map((name) => decimals(value(name), 1)),
    ];
  });
  return scroll(
    t("measures"),
    table(`${t("measures")}, %`, [t("result"), t("standard"), ...shown.map((name) => t(name))], lines),
  );
}

const partColours = {
  base_population: "#595959",
  births: "#009e73",
  deaths: "#1a1a1a",
  domestic_migration: "#cc79a7",
  international_migration: "#e69f00",
  births_rates: "#009e73",
  births_assumptions: "#80cfb9",
  deaths_rates: "#1a1a1a",
  deaths_assumptions: "#8c8c8c",
  domestic_migration_rates: "#cc79a7",
  domestic_migration_assumptions: "#e6bcd3",
  international_migration_rates: "#e69f00",
  international_migration_assumptions: "#f3cf80",
  new_base: "#595959",
  new_rates: "#56b4e9",
  new_assumptions: "#bfe3f7",
  new_care_rates: "#d55e00",
  new_care_assumptions: "#f1b388",
  new_care_rates_and_definitions: "#d55e00",
  definitions: "#f0e442",
};
/// By what a difference is parted, and what the chart of it is called.
const partTitles = { components: "parts", news: "parts_news", news_of_components: "parts_news" };
const otherColours = ["#0072b2", "#56b4e9", "#d55e00", "#f0e442"];

function partChart(rows, id) {
  const [first] = rows;
  const parts = [...new Set(rows.filter((row) => row.name !== "all").map((row) => row.name))];
  const colour = (name) => partColours[name] ?? otherColours[parts.indexOf(name) % otherColours.length];
  const shown = rows
    .filter((row) => row.name !== "all")
    .map((row) => ({
      at: nameOf(row.area),
      part: label(row.name),
      value: row.figure_value,
      colour: colour(row.name),
    }));
  const whole = rows
    .filter((row) => row.name === "all")
    .map((row) => ({ at: nameOf(row.area), value: row.figure_value }));
  const value = (area, name) => signed(rows.find((row) => row.area === area && row.name === name)?.figure_value);
  const inOrder = [...new Set(rows.map((row) => row.area))];
  return chart({
    id,
    title: t(partTitles[first.by] ?? "parts", first),
    note: t("parts_note", { what: capital(whatOf(first)) }),
    legend: parts.map((name) => ({ label: label(name), colour: colour(name) })),
    figures: [
      [t("area"), ...parts.map(label), t("total")],
      inOrder.map((area) => [nameOf(area), ...parts.map((name) => value(area, name)), value(area, "all")]),
    ],
    draw: (width) => stacked(shown, whole, { width, height: 320 }),
  });
}

/// What the scenarios of two forecasts suppose differently, and the definitions that differ.
function changesOf(one) {
  const assumptions = rowsOf(one.assumptions).map((row) => [
    row.name,
    row.of_standard || "–",
    row.of_result || "–",
    row.parts.split(" ").map(label).join(", "),
  ]);
  const definitions = rowsOf(one.definitions).map((row) => [
    `${whatOf(row)}, ${label(row.series)} ${row.people.split(" ").map(label).join(" ")}`,
    row.of_standard,
    row.of_result,
    `${decimals(row.figure_factor, 3)} (${row.overlap})`,
  ]);
  const shown = (key, rows, last) =>
    rows.length
      ? scroll(t(key), table(t(key), [t(`${key}_head`), t("standard"), t("result"), t(last)], rows))
      : null;
  return [shown("assumptions_changed", assumptions, "bears_on"), shown("definitions_changed", definitions, "factor")];
}

const isMunicipality = (row) => areas.some((area) => area.code === row.area && area.kind === "area");

const whole = (row) => row.ages === "all" || row.ages === "";

/// Of each pair people of all ages, or, where none is of these, those of its first ages.
function ofOneAge(rows) {
  return groupedBy(rows, pair).map((of) => {
    const ages = of.some(whole) ? whole : (row) => row.ages === of[0].ages;
    return of.filter(ages);
  });
}

/// The first pair of everything that is judged before the others.
function oneOfEachFirst(pairs) {
  const first = groupedBy(pairs, ([row]) => `${row.standard}|${row.variable}|${row.kind}`).map(([one]) => one);
  return [...first, ...pairs.filter((one) => !first.includes(one))];
}

const mostCharts = 6;

function comparison(one, at) {
  const pairs = ofOneAge(rowsOf(one.figures).filter((row) => isMunicipality(row) && row.figure_percent !== null));
  const figures = pairs.flat();
  const parts = rowsOf(one.parts).filter((row) => whole(row) && isMunicipality(row));
  const heading = h("h3", { class: "group" }, `${one.title} (${one.file})`);
  if (figures.every((row) => row.figure_percent === 0) && parts.every((row) => row.figure_value === 0)) {
    return [heading, h("p", { class: "absent" }, t("alike"))];
  }
  return [
    heading,
    oneOfEachFirst(pairs)
      .slice(0, mostCharts)
      .map((rows, number_) => errorChart(rows, `errors-${at}-${number_}`)),
    measureTable(rowsOf(one.measures)),
    groupedBy(parts, (row) => `${pair(row)}|${row.by}`)
      .slice(0, mostCharts)
      .map((rows, number_) => partChart(rows, `parts-${at}-${number_}`)),
    changesOf(one),
  ].flat();
}

export function outturn() {
  if (!data.comparisons.length) return section("outturn", t("outturn"), h("p", { class: "absent" }, t("no_outturn")));
  return section("outturn", t("outturn"), data.comparisons.flatMap(comparison));
}
