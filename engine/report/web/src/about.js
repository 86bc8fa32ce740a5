// What the figures rest on, and how they were made.
import { data, scenarios } from "./data.js";
import { h, scroll, section, table } from "./dom.js";
import { many, scenarioNames } from "./state.js";
import { contents, t } from "./words.js";

/// One row of each parameter in which they differ; of many scenarios one of each that has another value
/// than the base.
function differences() {
  if (!data.differing.length) return h("p", { class: "absent" }, t("differs_none"));
  const short = (text) => (text === null ? "–" : text.length > 400 ? `${text.slice(0, 397)}...` : text);
  const side = scenarios.length <= many;
  const rows = side
    ? data.differing.map(({ path, values }) => [path, ...values.map(short)])
    : scenarios.flatMap((_, scenario) =>
        data.differing
          .filter(({ values }) => scenario > 0 && values[scenario] !== values[0])
          .map(({ path, values }) => [scenarioNames[scenario], path, short(values[scenario]), short(values[0])]),
      );
  const heads = side
    ? [t("parameter"), ...scenarioNames]
    : [t("scenario"), t("parameter"), t("value"), scenarioNames[0]];
  return scroll(t("differs"), table(t("differs"), heads, rows));
}

function inputs() {
  const rows = data.inputs.map((input) => [
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
  return section(
    "sources",
    t("sources"),
    h("p", {}, t("basis_words", { list: list.join("; ") })),
    h(
      "dl",
      {},
      scenarios.flatMap(({ description }, at) =>
        description ? [h("dt", {}, scenarioNames[at]), h("dd", {}, description)] : [],
      ),
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
