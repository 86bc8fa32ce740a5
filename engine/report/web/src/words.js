// The words of the page in Swedish and English.
import { data, municipalities } from "./data.js";
import { state } from "./state.js";
import { labels, texts } from "./texts.js";

const ofMunicipalities = municipalities.every(({ code }) => /^\d{4}$/.test(code));
const otherWords = [
  ["En kommun", "Ett område"],
  ["Kommunerna", "Områdena"],
  ["någon kommun", "något område"],
  ["Ingen annan kommuns", "Inget annat områdes"],
  ["kommuner", "områden"],
  ["kommun", "område"],
  ["Municipalities", "Areas"],
  ["municipalities", "areas"],
  ["municipality", "area"],
];

/// Counties and countries are no municipalities: of them it says areas.
function ofAreas(text) {
  if (ofMunicipalities) return text;
  return otherWords.reduce((said, [word, other]) => said.replaceAll(word, other), text);
}

/// A text by its key, with {name} replaced by the values given.
export function t(key, values = {}) {
  const pair = texts[key];
  if (!pair) throw new Error(`no text ${key}`);
  const text = ofAreas(state.language === "sv" ? pair[0] : pair[1]);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/// The name of a position on an axis, such as an occupation; of one unknown to the page its own.
export function label(kind) {
  const pair = labels[kind];
  if (pair) return state.language === "sv" ? pair[0] : pair[1];
  return String(kind).replaceAll("_", " ");
}

export function areaName(area) {
  return area.kind === "all" ? t("all_municipalities") : area.name || area.code;
}

/// What a dataset holds.
export const contents = (path) => data.figures[path]?.words[state.language] ?? path;

/// How a name reads at the start of a sentence.
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/// A list in words: a, b and c.
export function listed(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${t("and")} ${names[names.length - 1]}`;
}
