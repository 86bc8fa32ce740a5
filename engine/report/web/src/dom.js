// Elements, and the frame that every chart stands in.
import { t } from "./words.js";

/// An element with properties, attributes and children; texts stay texts.
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/// A table from heads and rows of texts; the first column heads its rows. A caption that only
/// repeats the heading before it is there for those who listen.
export function table(caption, heads, rows, repeats = false) {
  const isNumber = (text) =>
    /^[−+-]?[\d\s\u00a0\u202f.,]+\s?%?( \([−+\d\s\u00a0\u202f.,]+\))?$/.test(text) || text === "–";
  return h(
    "table",
    {},
    h("caption", { class: repeats ? "unseen" : undefined }, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((head) => h("th", { scope: "col" }, head)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          {},
          row.map((text, at) =>
            at === 0
              ? h("th", { scope: "row" }, text)
              : h("td", { class: typeof text === "string" && isNumber(text) ? "number" : undefined }, text),
          ),
        ),
      ),
    ),
  );
}

/// A chart with its title, what it shows in a sentence, and the same figures as a table.
/// `draw(width)` gives the chart; `figures` is [heads, rows].
export function chart({ id, title, note, draw, figures, legend }) {
  const canvas = h("div", { class: "canvas" });
  const show = () => {
    const drawn = draw(Math.max(260, Math.floor(canvas.clientWidth || 480)));
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", `${title}. ${t("table_below")}`);
    canvas.replaceChildren(drawn);
  };
  pending.push(show);
  return h(
    "figure",
    { id },
    h("figcaption", {}, h("h3", {}, title), note ? h("p", {}, note) : null),
    legend ? legendOf(legend) : null,
    canvas,
    h("details", {}, h("summary", {}, t("as_table")), scroll(title, table(title, ...figures, true))),
  );
}

/// Charts are drawn once they stand in the page and know how wide they may be.
let pending = [];
let drawn = [];
export function startCharts() {
  pending = [];
}
export function drawCharts() {
  drawn = pending;
  for (const show of drawn) show();
}
export function redrawCharts() {
  for (const show of drawn) show();
}

function legendOf(entries) {
  return h(
    "ul",
    { class: "legend" },
    entries.map(({ label, colour }) => {
      const key = h("span", { class: "key" });
      key.style.backgroundColor = colour;
      return h("li", {}, key, label);
    }),
  );
}

/// A wide table that scrolls by itself, also by the keyboard.
export function scroll(title, content) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, content);
}

export function section(id, title, ...children) {
  return h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), children);
}
