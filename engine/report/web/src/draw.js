// Charts by Observable Plot: figures in, SVG out. Colours are of Okabe and Ito's palette, which
// those who see few colours can tell apart.
import * as Plot from "@observablehq/plot";
import { extent, geoArea, geoCentroid, interpolateRgbBasis, max, scaleDiverging, scaleSequential } from "d3";
import { number, signed, tick } from "./format.js";

export const colours = {
  lack: "#d55e00",
  surplus: "#0072b2",
  ink: "#1a1a1a",
  soft: "#595959",
  grid: "#d9d9d9",
  need: "#d55e00",
  filled: "#0072b2",
  births: "#009e73",
  deaths: "#595959",
  domestic: "#cc79a7",
  abroad: "#e69f00",
};
const style = {
  fontFamily: "inherit",
  fontSize: "13px",
  color: colours.ink,
  overflow: "visible",
  background: "none",
};

/// Colours of lines are too light for text; these are not (4.5 : 1 on white).
const textColour = (colour) => ({ "#d55e00": "#a84400", "#0072b2": "#00588a" })[colour] ?? colour;

/// As much of the left margin as the longest text takes.
const widthOf = (texts) => 12 + 7.2 * max(texts, (text) => text.length);
const marginFor = (texts) => Math.min(230, widthOf(texts));

/// Room for the ticks of a vertical axis between two values.
const tickMargin = (...values) => 22 + 7.2 * max(values, (value) => tick(value).length);

/// How many ticks stand side by side without touching.
const ticksIn = (room, domain) =>
  Math.max(2, Math.min(6, Math.floor(room / (40 + 7.2 * max(domain, (value) => tick(value).length)))));

/// Rows with a dot and an interval: { name, mean, interval, colour, strong, text }. Names that would
/// take too much of the width stand above their rows.
export function dots(rows, { width, unit, zero = true, onChoose }) {
  const textOf = (row) => row.text ?? number(row.mean);
  const names = rows.map((row) => row.name);
  const above = widthOf(names) > Math.min(230, 0.5 * width);
  const right = 14 + 7.2 * max(rows, (row) => textOf(row).length);
  const ends = rows.flatMap((row) => [row.mean, ...(row.interval ?? [])]);
  const domain = [Math.min(zero ? 0 : Infinity, ...ends), Math.max(zero ? 0 : -Infinity, ...ends)];
  if (domain[0] === domain[1]) domain[1] += 1;
  const left = above ? 8 : marginFor(names);
  const ticks = ticksIn(width - left - right, domain);
  const svg = Plot.plot({
    width,
    height: 46 + (above ? 38 : 25) * rows.length,
    style,
    marginLeft: left,
    marginRight: right,
    marginTop: 6,
    marginBottom: 40,
    x: { label: unit, labelAnchor: "center", labelArrow: "none", domain, nice: true, ticks, tickFormat: tick },
    y: { domain: names, label: null, tickSize: 0, ticks: above ? [] : undefined },
    marks: [
      Plot.gridX({ stroke: colours.grid, strokeOpacity: 1, ticks }),
      zero ? Plot.ruleX([0], { stroke: colours.ink }) : null,
      Plot.ruleY(
        rows.filter((row) => row.interval),
        {
          y: "name",
          x1: (row) => row.interval[0],
          x2: (row) => row.interval[1],
          stroke: (row) => row.colour,
          strokeOpacity: 0.35,
          strokeWidth: 9,
        },
      ),
      Plot.dot(rows, {
        y: "name",
        x: "mean",
        fill: (row) => row.colour,
        r: 5,
        stroke: "white",
        ariaLabel: (row) => `${row.name}: ${textOf(row)}`,
      }),
      Plot.text(rows, {
        y: "name",
        text: textOf,
        frameAnchor: "right",
        dx: right - 4,
        textAnchor: "end",
        fontWeight: (row) => (row.strong ? 700 : 400),
        fontVariant: "tabular-nums",
      }),
      above
        ? Plot.text(rows, {
            y: "name",
            text: "name",
            frameAnchor: "left",
            textAnchor: "start",
            dy: -15,
            textOverflow: "ellipsis",
            lineWidth: (width - 16) / 13,
            stroke: "white",
            strokeWidth: 3,
            fill: colours.ink,
          })
        : null,
    ],
  });
  clickable(svg.querySelectorAll("circle"), rows, onChoose);
  return svg;
}

function clickable(shapes, rows, onChoose) {
  if (!onChoose) return;
  shapes.forEach((shape, at) => {
    if (at >= rows.length) return;
    shape.style.cursor = "pointer";
    shape.addEventListener("click", () => onChoose(rows[at]));
  });
}

/// d3 takes outer rings clockwise, GeoJSON writes them the other way: what covers more than half of
/// the globe is turned.
function turned(geometry) {
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  const right = polygons.map((rings) =>
    geoArea({ type: "Polygon", coordinates: rings }) > 2 * Math.PI ? rings.map((ring) => [...ring].reverse()) : rings,
  );
  return { type: "MultiPolygon", coordinates: right };
}

/// Areas { name, code, value, outline, text, chosen } by colour; diverging around 0, or from the least to the most.
export function map(rows, { width, diverging, onChoose }) {
  const features = rows.map((row) => ({ type: "Feature", geometry: turned(row.outline), properties: row }));
  const most = max(rows, (row) => Math.abs(row.value)) || 1;
  const [low, high] = extent(rows, (row) => row.value);
  const scale = diverging
    ? scaleDiverging([-most, 0, most], interpolateRgbBasis(["#0072b2", "#a9cfe8", "#f7f7f7", "#f6c39b", "#d55e00"]))
    : scaleSequential([low, high > low ? high : low + 1], interpolateRgbBasis(["#f3f7fa", "#8fbcdb", "#0072b2"]));
  const few = rows.length <= 40;
  const svg = Plot.plot({
    width,
    height: Math.min(480, Math.round(width * 1.25)),
    style: { ...style, fontSize: "11px" },
    margin: 4,
    projection: { type: "mercator", domain: { type: "FeatureCollection", features }, inset: 4 },
    marks: [
      Plot.geo(features, {
        fill: (feature) => scale(feature.properties.value),
        stroke: "white",
        strokeWidth: few ? 1.2 : 0.4,
      }),
      Plot.geo(
        features.filter((feature) => feature.properties.chosen),
        { stroke: colours.ink, strokeWidth: 2.2 },
      ),
      few
        ? Plot.text(features, {
            x: (feature) => geoCentroid(feature)[0],
            y: (feature) => geoCentroid(feature)[1],
            text: (feature) => `${feature.properties.name}\n${feature.properties.text}`,
            fill: colours.ink,
            stroke: "white",
            strokeWidth: 3,
            lineHeight: 1.1,
            pointerEvents: "none",
          })
        : null,
    ],
  });
  clickable(svg.querySelectorAll("g[aria-label='geo'] path"), rows, onChoose);
  return svg;
}

/// Bands between pairs of quantiles, outermost first: { low, high, at }.
function bands(points, pairs) {
  return pairs.map(([low, high]) =>
    points
      .filter((point) => point.quantiles.length > high)
      .map((point) => ({ year: point.year, low: point.quantiles[low], high: point.quantiles[high] })),
  );
}
const pairsOf = (count) => Array.from({ length: Math.floor(count / 2) }, (_, at) => [at, count - 1 - at]);

/// Courses over years with bands: series of { label, colour, points }. `mark`: a year to be marked.
export function fan(series, { width, height = 260, zero = false, mark, unit, labels = true }) {
  const ends = series.map(({ label, colour, points }) => ({ label, colour, ...points[points.length - 1] }));
  const apart = spread(ends);
  const values = series.flatMap(({ points }) => points.flatMap((point) => [point.mean, ...point.quantiles]));
  const yearsOf = series[0].points.map((point) => point.year);
  return Plot.plot({
    width,
    height,
    style,
    marginLeft: tickMargin(Math.min(...values), Math.max(...values)),
    marginTop: 14,
    marginBottom: 28,
    marginRight: labels ? marginFor(ends.map((end) => end.label)) : 20,
    x: {
      label: null,
      tickFormat: (year) => String(year),
      ticks: width < 330 ? 3 : 6,
      domain: [yearsOf[0], yearsOf[yearsOf.length - 1]],
    },
    y: {
      label: unit ?? null,
      labelArrow: "none",
      tickFormat: tick,
      nice: true,
      ticks: height < 200 ? 4 : 6,
      domain: [Math.min(zero ? 0 : Infinity, ...values), Math.max(zero ? 0 : -Infinity, ...values)],
    },
    marks: [
      Plot.gridY({ stroke: colours.grid, strokeOpacity: 1, ticks: height < 200 ? 4 : 6 }),
      zero ? Plot.ruleY([0], { stroke: colours.ink }) : null,
      mark ? Plot.ruleX([mark], { stroke: colours.soft, strokeDasharray: "2 3" }) : null,
      series.map(({ points, colour }) =>
        bands(points, pairsOf(points[0]?.quantiles.length ?? 0)).map((band) =>
          Plot.areaY(band, { x: "year", y1: "low", y2: "high", fill: colour, fillOpacity: 0.2 }),
        ),
      ),
      series.map(({ points, colour, dashed }) =>
        Plot.lineY(points, {
          x: "year",
          y: "mean",
          stroke: colour,
          strokeWidth: 2.2,
          strokeDasharray: dashed ? "5 4" : null,
        }),
      ),
      labels
        ? Plot.text(apart, {
            x: "year",
            y: "mean",
            text: "label",
            fill: (end) => textColour(end.colour),
            dx: 7,
            textAnchor: "start",
            fontWeight: 600,
          })
        : null,
    ],
  });
}

/// Labels at the same height would hide each other: those that come too near are left to the legend.
function spread(ends) {
  return ends.filter((end, at) =>
    ends
      .slice(0, at)
      .every(
        (other) => Math.abs(other.mean - end.mean) > 0.04 * Math.max(Math.abs(end.mean), Math.abs(other.mean), 1e-9),
      ),
  );
}

/// Men to the left, women to the right: rows { sex, age, mean, low, high }, `before` as outline.
export function pyramid(rows, before, { width, step, most, words }) {
  const side = (row) => (row.sex === "male" ? -1 : 1);
  const line = (sex) =>
    before
      .filter((row) => row.sex === sex)
      .flatMap((row) => [
        { at: side(row) * row.mean, age: row.age },
        { at: side(row) * row.mean, age: row.age + step },
      ]);
  return Plot.plot({
    width,
    height: 430,
    style,
    marginLeft: 40,
    marginTop: 38,
    marginBottom: 40,
    x: {
      domain: [-most, most],
      tickFormat: (value) => number(Math.abs(value)),
      label: words.unit,
      labelAnchor: "center",
      labelArrow: "none",
      ticks: 6,
    },
    y: { domain: [0, max(rows, (row) => row.age) + step], label: words.age, labelArrow: "none", ticks: 10 },
    marks: [
      Plot.gridX({ stroke: colours.grid, strokeOpacity: 1, ticks: 6 }),
      Plot.rect(rows, {
        x1: 0,
        x2: (row) => side(row) * row.mean,
        y1: "age",
        y2: (row) => row.age + step,
        fill: (row) => (row.sex === "male" ? colours.abroad : colours.surplus),
        fillOpacity: 0.75,
        ariaLabel: (row) => `${row.sex} ${row.age}: ${row.mean}`,
      }),
      Plot.ruleY(
        rows.filter((row) => row.low !== undefined),
        {
          y: (row) => row.age + step / 2,
          x1: (row) => side(row) * row.low,
          x2: (row) => side(row) * row.high,
          stroke: colours.ink,
        },
      ),
      ["male", "female"].map((sex) =>
        Plot.line(line(sex), { x: "at", y: "age", stroke: colours.ink, strokeWidth: 1, strokeDasharray: "3 2" }),
      ),
      Plot.ruleX([0], { stroke: colours.ink }),
      Plot.text(
        [
          [-most, words.men],
          [most, words.women],
        ],
        {
          x: ([at]) => at,
          text: ([, word]) => word,
          frameAnchor: "top",
          dy: -18,
          textAnchor: ([at]) => (at < 0 ? "start" : "end"),
          fontWeight: 600,
        },
      ),
    ],
  });
}

/// Bars of signed parts over a category: rows { at, part, value, colour }, and a line of the whole.
export function stacked(rows, whole, { width, height = 280, years = false, unit }) {
  const categories = [...new Set(rows.map((row) => row.at))];
  return Plot.plot({
    width,
    height,
    style,
    marginLeft: tickMargin(...rows.map((row) => 10 * row.value)),
    marginTop: 14,
    marginBottom: years ? 28 : 90,
    x: {
      type: "band",
      domain: categories,
      label: null,
      tickSize: 0,
      tickRotate: years ? 0 : -40,
      padding: 0.15,
      tickFormat: (at) => (years && at % 5 !== 0 ? "" : String(at)),
    },
    y: { label: unit ?? null, labelArrow: "none", tickFormat: tick, nice: true },
    marks: [
      Plot.gridY({ stroke: colours.grid, strokeOpacity: 1 }),
      Plot.barY(
        rows,
        Plot.stackY({
          x: "at",
          y: "value",
          fill: "colour",
          order: null,
          ariaLabel: (row) => `${row.part} ${row.at}: ${signed(row.value)}`,
        }),
      ),
      Plot.ruleY([0], { stroke: colours.ink }),
      years ? Plot.line(whole, { x: "at", y: "value", stroke: colours.ink, strokeWidth: 2 }) : null,
      Plot.dot(whole, { x: "at", y: "value", fill: colours.ink, r: years ? 1.8 : 4 }),
    ],
  });
}
