// Builds the page, and builds it anew when the reader chooses something.
import { areas, data, municipalities, scenarios, years } from "./data.js";
import { drawCharts, h, redrawCharts, startCharts } from "./dom.js";
import { made, sources } from "./about.js";
import { compared, goals, outturn } from "./compare.js";
import { answers, mapChart, rankingChart, scenarioAreaChart, scenarioChart, subjectName } from "./headline.js";
import { people } from "./people.js";
import { choose, chooseArea, firstYear, isGap, lastYear, scenarioNames, state, subjects } from "./state.js";
import { areaName, capital, t } from "./words.js";
import { care, staff } from "./work.js";

function select(id, title, options, chosen, onChoose) {
  const list = h(
    "select",
    { id, onchange: (event) => onChoose(event.target.value) },
    options.map(([value, text, group]) =>
      group
        ? h(
            "optgroup",
            { label: text },
            group.map(([one, name]) => h("option", { value: one, selected: one === chosen }, name)),
          )
        : h("option", { value, selected: value === chosen }, text),
    ),
  );
  return h("div", { class: "control" }, h("label", { for: id }, title), list);
}

const groupTitles = {
  "workforce/gap_fte": "missing_group",
  "care/users": "users_group",
  "welfare/persons": "need_group",
  "population/persons": "people_group",
};

function subjectSelect() {
  const groups = [...new Set(subjects.map(({ path }) => path))].map((path) => [
    path,
    t(groupTitles[path]),
    subjects.filter((one) => one.path === path).map((one) => [one.key, capital(subjectName(one))]),
  ]);
  return select("subject", t("question"), groups, state.subject.key, (key) =>
    choose({ subject: subjects.find((one) => one.key === key) }),
  );
}

function yearSlider() {
  const slider = h("input", {
    type: "range",
    id: "year",
    min: firstYear,
    max: lastYear,
    value: state.year,
    step: years.length > 1 ? years[1] - years[0] : 1,
    oninput: (event) => choose({ year: Number(event.target.value) }),
  });
  return h(
    "div",
    { class: "control" },
    h("label", { for: "year" }, t("year")),
    h("div", { class: "slider" }, slider, h("output", { for: "year" }, String(state.year))),
  );
}

function controls() {
  const numbered = scenarioNames.map((name, at) => [String(at), name]);
  return h(
    "form",
    { class: "controls", onsubmit: (event) => event.preventDefault() },
    subjectSelect(),
    yearSlider(),
    scenarios.length > 1
      ? select("scenario", t("scenario"), numbered, String(state.scenario), (at) => choose({ scenario: Number(at) }))
      : null,
    select(
      "area",
      t("area"),
      areas.map((area) => [area.code, capital(areaName(area))]),
      state.area.code,
      chooseArea,
    ),
    isGap()
      ? select(
          "unit",
          t("unit"),
          [
            ["posts", t("posts")],
            ["share", t("of_need")],
          ],
          state.share ? "share" : "posts",
          (unit) => choose({ share: unit === "share" }),
        )
      : null,
  );
}

function languages() {
  return h(
    "div",
    { class: "languages", role: "group", "aria-label": t("language") },
    [
      ["sv", "Svenska"],
      ["en", "English"],
    ].map(([code, name]) =>
      h(
        "button",
        {
          type: "button",
          id: `in-${code}`,
          lang: code,
          "aria-pressed": String(state.language === code),
          onclick: () => choose({ language: code }),
        },
        name,
      ),
    ),
    h("button", { type: "button", id: "print", onclick: () => window.print() }, t("print")),
  );
}

function madeOf() {
  const draws = Math.max(...scenarios.map((one) => one.draws));
  return t("made_of", {
    areas:
      municipalities.length > 1 ? t("many_municipalities", { count: municipalities.length }) : t("one_municipality"),
    first: firstYear,
    last: lastYear,
    scenarios: scenarios.length > 1 ? t("many_scenarios", { count: scenarios.length }) : t("one_scenario"),
    draws: draws > 1 ? t("many_futures", { count: draws }) : t("one_future"),
  });
}

const sections = [
  ["people", "population"],
  ["care", "care"],
  ["staff", "staff"],
  ["goals", "goals"],
  ["compared", "compared"],
  ["outturn", "outturn"],
  ["sources", "sources"],
  ["made", "made"],
];

function build() {
  return [
    h("a", { class: "skip", href: "#answers" }, t("skip")),
    h("header", {}, h("div", { class: "title" }, h("h1", {}, scenarios[0].of), h("p", {}, madeOf())), languages()),
    h(
      "main",
      {},
      controls(),
      answers(),
      h(
        "div",
        { class: scenarios.length > 1 ? "first" : "first two" },
        rankingChart(),
        mapChart(),
        scenarios.length > 1 ? h("div", { class: "column" }, scenarioChart(), scenarioAreaChart()) : null,
      ),
      h(
        "nav",
        { "aria-label": t("contents") },
        sections.map(([id, title]) => h("a", { href: `#${id}` }, t(title))),
      ),
      people(),
      care(),
      staff(),
      goals(),
      compared(),
      outturn(),
      sources(),
      made(),
    ),
  ];
}

/// What had the focus, and which tables were open, are so afterwards too.
function render() {
  const focus = document.activeElement?.id;
  const open = new Set(
    [...document.querySelectorAll("figure[id] > details[open]")].map((one) => one.parentElement.id),
  );
  document.documentElement.lang = state.language;
  startCharts();
  document.getElementById("page").replaceChildren(...build());
  for (const id of open) document.querySelector(`#${CSS.escape(id)} > details`)?.setAttribute("open", "");
  drawCharts();
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

let waiting = 0;
function soon(action) {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(action);
}

document.addEventListener("chosen", render);
window.addEventListener("resize", () => soon(redrawCharts));
window.addEventListener("beforeprint", redrawCharts);
document.title = `${scenarios[0].of || data.scenarios[0].file} – Kohort`;
render();
