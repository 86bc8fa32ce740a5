// What the reader has chosen.
import { areas, data, has, scenarios, together, years } from "./data.js";

/// What can be ranked on the first screen: { key, path, kind, axis, group }.
export const subjects = [
  ["workforce/gap_fte", "occupation"],
  ["care/users", "service"],
  ["welfare/persons", "need"],
  ["population/persons", "age"],
]
  .filter(([path]) => has(path))
  .flatMap(([path, axis]) => data.labels[axis].map((kind) => ({ key: `${path}|${kind}`, path, kind, axis })));

/// The staff missing of the first occupation; without staff the first service; else the oldest people,
/// who stand before all ages.
const opening = subjects[0].path === "population/persons" ? (subjects.at(-2) ?? subjects[0]) : subjects[0];

export const state = {
  language: document.documentElement.lang === "en" ? "en" : "sv",
  year: data.year,
  scenario: 0,
  subject: opening,
  area: together,
  share: false, // posts missing in per cent of those needed
};

/// Where the reader has not chosen an area, charts of one area show all together.
export function choose(changes) {
  Object.assign(state, changes);
  document.dispatchEvent(new CustomEvent("chosen"));
}

export const chooseArea = (code) => choose({ area: areas.find((area) => area.code === code) ?? together });
export const isGap = () => state.subject.path === "workforce/gap_fte";
export const cell = (more) => ({ year: state.year, area: state.area.at, ...more });
export const subjectCell = (area, year = state.year) => ({
  area: area.at,
  year,
  [state.subject.axis]: state.subject.kind,
});

/// More scenarios than these do not stand beside each other in a table.
export const many = 6;

/// Titles without what all of them begin with, up to a comma or colon: "Örebro county, "; where titles
/// are alike, as in a grid, the names of the plan or the files.
export const scenarioNames = (() => {
  const titles = scenarios.map((one) => one.title || one.of || one.name || one.file);
  const alike = new Set(titles).size < titles.length;
  const names = alike ? scenarios.map((one) => one.name || `${one.title} (${one.file})`) : titles;
  let start = 0;
  for (let at = 0; at < names[0].length && names.length > 1; ++at) {
    if (!names.every((name) => name[at] === names[0][at])) break;
    if (/[,:]\s/.test(names[0].slice(at, at + 2))) start = at + 2;
  }
  return names.map((name) => name.charAt(start).toUpperCase() + name.slice(start + 1));
})();
export const firstYear = years[0];
export const lastYear = years[years.length - 1];
