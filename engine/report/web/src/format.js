// Numbers as a reader of the language writes them.
import { state } from "./state.js";

const locale = () => (state.language === "sv" ? "sv-SE" : "en-GB");
const minus = (text) => text.replace("-", "−");

/// Four digits at most, none after the decimal point of what is large.
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const digits = size >= 20 || value === 0 ? 0 : size >= 1 ? 1 : 2;
  const text = new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
  return text === "-0" ? "0" : minus(text);
}
export function signed(value) {
  const text = number(value);
  return value > 0 && text !== "0" ? `+${text}` : text;
}
export const percent = (share, digits = 0) =>
  `${minus(new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(100 * share))} %`;
export const decimals = (value, digits) =>
  value === null || value === undefined
    ? "–"
    : minus(
        new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
          value,
        ),
      );
export const range = ([low, high]) =>
  state.language === "sv" ? `${number(low)} till ${number(high)}` : `${number(low)} to ${number(high)}`;
/// Short ticks of an axis.
export function tick(value) {
  if (Math.abs(value) < 1e6) return number(value);
  const millions = new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value / 1e6);
  return `${minus(millions)} ${state.language === "sv" ? "mn" : "m"}`;
}
