// Care and the staff who give it.
import { course, data, figure, has } from "./data.js";
import { chart, h, section } from "./dom.js";
import { colours, fan } from "./draw.js";
import { number } from "./format.js";
import { cell, firstYear, scenarioNames, state } from "./state.js";
import { inside } from "./headline.js";
import { courseTable, coursesOf } from "./people.js";
import { areaName, capital, label, listed, t } from "./words.js";

const small = 190;
const unitOf = (service) => label(data.labels.service_unit?.[data.labels.service.indexOf(service)] ?? "");
const grid = (...charts) => h("div", { class: "grid" }, charts.flat());

/// A small chart of one service or occupation over the years; none where it is 0 throughout.
function smallCourse(id, title, note, series, options = {}) {
  if (!series.length || series.every(({ points }) => points.every((point) => point.mean === 0))) return null;
  return chart({
    id,
    title,
    note,
    figures: courseTable(series),
    draw: (width) => fan(series, { width, height: small, mark: state.year, labels: false, ...options }),
  });
}

function services(path, id, unit) {
  return data.labels.service.map((service) =>
    smallCourse(`${id}-${service}`, capital(label(service)), unit(service), coursesOf(path, { service }), {
      zero: true,
    }),
  );
}

function careWords() {
  const list = data.labels.service
    .filter((service) => ["home_care", "special_housing"].includes(service))
    .map((service) =>
      t("from_to", {
        what: label(service),
        from: number(figure("care/users", state.scenario, cell({ service, year: firstYear }))?.mean),
        to: number(figure("care/users", state.scenario, cell({ service }))?.mean),
      }),
    );
  if (!list.length) return null;
  return h(
    "p",
    { class: "lead" },
    capital(
      t("care_words", {
        area: areaName(state.area),
        list: `${listed(list)} ${label("persons")}`,
        first: firstYear,
        year: state.year,
        scenario: scenarioNames[state.scenario],
      }),
    ),
  );
}

export function care() {
  if (!has("care/users")) return section("care", t("care"), h("p", { class: "absent" }, t("no_care")));
  const area = areaName(state.area);
  const cost = has("care/cost")
    ? data.labels.service.map((service) =>
        smallCourse(`cost-${service}`, capital(label(service)), area, coursesOf("care/cost", { service }), {
          zero: true,
        }),
      )
    : [];
  const waiting = has("care/queue") ? services("care/queue", "queue", () => `${label("persons")}, ${area}`) : [];
  return section(
    "care",
    t("care"),
    careWords(),
    h("p", { class: "note" }, t(inside() ? "fan_note_some" : "line_note")),
    h("h3", { class: "group" }, t("users")),
    grid(services("care/users", "users", () => `${label("persons")}, ${area}`)),
    has("care/volume")
      ? [
          h("h3", { class: "group" }, t("volumes")),
          grid(services("care/volume", "volume", (service) => `${unitOf(service)}, ${area}`)),
        ]
      : null,
    waiting.some(Boolean) ? [h("h3", { class: "group" }, t("unmet")), grid(waiting)] : null,
    cost.some(Boolean) ? [h("h3", { class: "group" }, t("cost")), grid(cost)] : null,
  );
}

function staffWords() {
  const list = data.labels.occupation.slice(0, 3).map((occupation) => {
    const { mean } = figure("workforce/gap_fte", state.scenario, cell({ occupation }));
    return t(mean > 0 ? "lack_of" : "surplus_of", { what: label(occupation), mean: number(Math.abs(mean)) });
  });
  return h(
    "p",
    { class: "lead" },
    capital(
      t("staff_words", {
        area: areaName(state.area),
        year: state.year,
        scenario: scenarioNames[state.scenario],
        list: listed(list),
      }),
    ),
  );
}

function supplyAndDemand(occupation) {
  const of = (path) => course(path, state.scenario, cell({ occupation }));
  const series = [
    { label: t("need"), colour: colours.need, points: of("workforce/demand_fte") },
    { label: t("filled"), colour: colours.filled, points: of("workforce/supply_fte") },
  ];
  return smallCourse(`supply-${occupation}`, capital(label(occupation)), null, series, { zero: true });
}

export function staff() {
  if (!has("workforce/gap_fte")) return section("staff", t("staff"), h("p", { class: "absent" }, t("no_staff")));
  const area = areaName(state.area);
  const courses = (path, id, zero) =>
    grid(
      data.labels.occupation.map((occupation) =>
        smallCourse(`${id}-${occupation}`, capital(label(occupation)), null, coursesOf(path, { occupation }), {
          zero,
        }),
      ),
    );
  return section(
    "staff",
    t("staff"),
    staffWords(),
    h("h3", { class: "group" }, t("supply_demand")),
    h("p", { class: "note" }, capital(t("supply_demand_note", { area }))),
    grid(data.labels.occupation.map(supplyAndDemand)),
    h("h3", { class: "group" }, t("gap_course")),
    courses("workforce/gap_fte", "gap", true),
    has("workforce/recruitment_need")
      ? [h("h3", { class: "group" }, t("recruitment")), courses("workforce/recruitment_need", "recruit", true)]
      : null,
  );
}
