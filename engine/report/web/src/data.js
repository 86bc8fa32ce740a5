// What the page was given, and how to find a figure in it. ../../README.md says how it is laid out.

export const data = JSON.parse(document.getElementById("data").textContent);

export const years = data.labels.year.map(Number);
export const flowYears = data.labels.flow_year.map(Number);
export const scenarios = data.scenarios;
/// Areas as { code, name, kind, at }, the municipalities first, all of them together last.
export const areas = data.labels.area.map((code, at) => ({
  code,
  at,
  name: data.labels.area_name[at],
  kind: data.labels.area_kind[at],
}));
export const municipalities = areas.filter((area) => area.kind === "area");
export const together = areas[areas.length - 1];

/// Of a list with repeats left out: the entry, or the earlier one that it points to.
const entry = (list, at) => (typeof list[at] === "number" ? list[list[at]] : list[at]);

export const has = (path) => path in data.figures;

function position(axes, cell) {
  let at = 0;
  for (const axis of axes) {
    const labels = data.labels[axis];
    const found = axis === "area" ? cell.area : labels.indexOf(String(cell[axis]));
    if (found === -1 || found === undefined) return -1;
    at = at * labels.length + found;
  }
  return at;
}

function read(axes, source, cell) {
  const at = source ? position(axes, cell) : -1;
  if (at === -1 || source.mean[at] === null) return null;
  return { mean: source.mean[at], quantiles: source.quantiles?.map((of) => of[at]) ?? [] };
}

/// A figure of a scenario: { mean, quantiles }, null where there is none. `cell` names a position on
/// each axis: area by its number, the others by label; of a year both axes of years are tried.
export function figure(path, scenario, cell) {
  if (!has(path)) return null;
  const { axes, of } = data.figures[path];
  return read(axes, entry(of, scenario), { ...cell, flow_year: cell.year });
}

/// By how much a figure differs from that of the base scenario in the same draws, where the file
/// tells; null where it does not.
export function difference(path, scenario, cell) {
  const figures = data.figures[path];
  if (!figures?.against_base) return null;
  return read(figures.axes, entry(figures.against_base, scenario), { ...cell, flow_year: cell.year });
}

/// The shares of the lowest and the highest quantile of a scenario, such as 0.1 and 0.9.
export function outerShares(scenario) {
  const { quantiles } = scenarios[scenario];
  return quantiles.length < 2 ? null : [quantiles[0], quantiles[quantiles.length - 1]];
}

/// The outer quantiles of a figure; null where nothing was left to chance.
export function interval(value) {
  const { quantiles } = value ?? { quantiles: [] };
  return quantiles.length < 2 ? null : [quantiles[0], quantiles[quantiles.length - 1]];
}

/// A figure year by year: { year, mean, quantiles }.
export function course(path, scenario, cell) {
  if (!has(path)) return [];
  const isFlow = data.figures[path].axes.includes("flow_year");
  return (isFlow ? flowYears : years)
    .map((year) => ({ year, ...figure(path, scenario, { ...cell, year }) }))
    .filter((point) => point.mean !== undefined);
}

/// Persons of the pyramid: rows { sex, age, mean, low, high } of one area, or of all municipalities,
/// for which there are no intervals.
export function pyramid(scenario, year, area) {
  const { pyramid: grid } = data;
  const source = grid && entry(grid.of, scenario);
  const inYears = grid ? grid.year.indexOf(String(year)) : -1;
  if (!source || inYears === -1) return [];
  const members = area.kind === "area" ? [area] : area.kind === "all" ? municipalities : [];
  const cells = grid.sex.length * grid.age.length;
  const rows = [];
  grid.sex.forEach((sex, inSex) =>
    grid.age.forEach((age, inAge) => {
      const at = (one) => (inYears * municipalities.length + one.at) * cells + inSex * grid.age.length + inAge;
      const sum = (values) => members.reduce((total, one) => total + values[at(one)], 0);
      const row = { sex, age: Number(age), mean: sum(source.mean) };
      if (source.low && members.length === 1) Object.assign(row, { low: sum(source.low), high: sum(source.high) });
      rows.push(row);
    }),
  );
  return members.length ? rows : [];
}

/// The years of which there are pyramids.
export const pyramidYears = data.pyramid ? data.pyramid.year.map(Number) : [];
/// How many years of age a row of the pyramid stands for.
export const ageStep =
  data.pyramid && data.pyramid.age.length > 1 ? Number(data.pyramid.age[1]) - Number(data.pyramid.age[0]) : 1;
