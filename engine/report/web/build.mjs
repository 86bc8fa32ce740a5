// Bundles src/, page.css and page.html into ../page/page.html, which the C++ build puts into the program.
//
// usage: npm ci && npm run build
//
// The page may run its own script and styles and nothing else: their hashes stand in its policy. Observable
// Plot puts one style element into every chart; it is the same in all, so that its hash can stand there too.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL("./", import.meta.url).pathname;
const text = (name) => readFileSync(here + name, "utf8");
const hash = (content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

function styleOfPlot() {
  const className = text("node_modules/@observablehq/plot/src/style.js").match(/"(plot-[0-9a-f]+)"/)[1];
  const style = text("node_modules/@observablehq/plot/src/plot.js").match(/append\("style"\)\.text\(\s*`([^`]*)`/)[1];
  return style.replaceAll("${className}", className);
}

/// The licences of what esbuild says went into the bundle. They ask to go wherever it goes.
function licences(metafile) {
  const [output] = Object.values(metafile.outputs);
  const packages = new Set(
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
      .filter(Boolean),
  );
  return [...packages]
    .sort()
    .map((name) => {
      const { version, license } = JSON.parse(text(`node_modules/${name}/package.json`));
      const file = readdirSync(`${here}node_modules/${name}`).find((one) => /^licen[cs]e/i.test(one));
      const words = file ? text(`node_modules/${name}/${file}`).trim() : "";
      return `${name} ${version} (${license})\n\n${words}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}

const bundled = await build({
  entryPoints: [`${here}src/main.js`],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  write: false,
  metafile: true,
  absWorkingDir: here,
});
const script = bundled.outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
const style = text("page.css")
  .replace(/\s*\n\s*/g, "\n")
  .trim();
const words = licences(bundled.metafile);
const parts = {
  LICENCES: words.replaceAll("--", "- -"),
  SCRIPT_HASH: hash(script),
  STYLE_HASHES: `${hash(style)} ${hash(styleOfPlot())}`,
  STYLE: style,
  SCRIPT: script,
};
const page = text("page.html").replace(/@@(\w+)@@/g, (mark, name) => parts[name] ?? mark);
mkdirSync(`${here}../page`, { recursive: true });
writeFileSync(`${here}../page/page.html`, page);
writeFileSync(`${here}../page/LICENSES.txt`, words);
console.log(`page.html: ${Buffer.byteLength(page)} bytes`);
