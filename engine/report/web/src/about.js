// What the figures rest on, and how they were made.
import { data, scenarios } from "./data.js";
import { h, scroll, section, table } from "./dom.js";
import { scenarioNames } from "./state.js";
import { textOf, valuesOf } from "./resolved.js";
import { contents, t } from "./words.js";

const unspoken = new Set(["title", "description", "name"]);

function differences() {
  const all = scenarios.map((scenario) => valuesOf(scenario.resolved));
  const paths = [...new Set(all.flatMap((values) => [...values.keys()]))].filter(
    (path) => !unspoken.has(path) && all.some((values) => values.get(path) !== all[0].get(path)),
  );
  if (!paths.length) return h("p", { class: "absent" }, t("differs_none"));
  const short = (text) => (text === undefined ? "–" : text.length > 400 ? `${text.slice(0, 397)}...` : text);
  return scroll(
    t("differs"),
    table(
      t("differs"),
      [t("parameter"), ...scenarioNames],
      paths.map((path) => [path, ...all.map((values) => short(values.get(path)))]),
    ),
  );
}

function inputs() {
  const seen = new Map();
  for (const { inputs: list } of scenarios) for (const input of list) seen.set(input.name + input.sha256, input);
  const rows = [...seen.values()].map((input) => [
    input.name,
    input.source || t("not_said"),
    input.basis ? t(input.basis) : t("not_said"),
    input.known_from === null ? t("not_said") : String(input.known_from).replace("year", "–"),
  ]);
  const heads = [t("table_name"), t("source"), t("basis"), t("known_from")];
  return scroll(t("tables_read"), table(t("tables_read"), heads, rows));
}

export function sources() {
  const list = Object.entries(data.figures)
    .filter(
      ([path]) =>
        ["population/persons", "care/users", "workforce/gap_fte", "welfare/persons"].includes(path) &&
        data.figures[path].basis,
    )
    .map(([path, { basis }]) => t("basis_of", { what: contents(path), basis: t(basis) }));
  const described = scenarios.map(({ resolved }) => textOf(valuesOf(resolved), "description"));
  return section(
    "sources",
    t("sources"),
    h("p", {}, t("basis_words", { list: list.join("; ") })),
    h(
      "dl",
      {},
      described.flatMap((text, at) => (text ? [h("dt", {}, scenarioNames[at]), h("dd", {}, text)] : [])),
    ),
    scenarios.length > 1 ? differences() : null,
    inputs(),
  );
}

export function made() {
  const files = scenarios.map((one, at) => [
    scenarioNames[at],
    one.file,
    String(one.draws),
    String(one.seed),
    `${one.program} (${one.commit.slice(0, 9)})`,
    one.content.slice(0, 16),
  ]);
  const heads = [t("scenario"), t("file"), t("draws"), t("seed"), t("program"), t("hash")];
  return section(
    "made",
    t("made"),
    h("p", {}, t("made_words", { program: scenarios[0].program })),
    h("p", {}, t("remake")),
    scroll(t("made"), table(t("made"), heads, files, true)),
    h("p", { class: "note" }, t("licences")),
  );
}
