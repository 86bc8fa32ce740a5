#!/usr/bin/env python3
"""What a page of `kohort report` draws is what the results hold, and it can be used: by mouse and keys, in
both languages, without a network.

usage: browser_test.py KOHORT PROJECT
"""
import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy

from chromium import Page

KOHORT, PROJECT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
TITLE = "Örebro county, </script><b id=broken>cooperation"
YEAR, OTHER_YEAR = 2020, 2021
DRAWN = """[...document.querySelectorAll('#ranking svg circle')].map((dot) => {
  const [name] = dot.getAttribute('aria-label').split(': ');
  return [name, dot.getBoundingClientRect().x]; })"""
TABLE = """[...document.querySelectorAll('#ranking tbody tr')].map((row) =>
  [...row.cells].map((cell) => cell.textContent))"""
# Luminance by WCAG 2.2, of every element with a text of its own and the paper behind it.
CONTRAST = """(() => {
  const part = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r / 255) + 0.7152 * part(g / 255) + 0.0722 * part(b / 255);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const paper = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faults = [];
  for (const element of document.querySelectorAll('#page *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest('details:not([open]) > :not(summary)')) continue;
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    if (colour === 'none') continue;
    const [one, other] = [light(numbers(colour)), light(paper(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) faults.push(`${element.textContent.slice(0, 40)}: ${contrast.toFixed(2)}`);
  }
  return faults;
})()"""


def run(*arguments):
    subprocess.run([KOHORT, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def gaps(file, year, occupation):
    """Mean, lowest and highest quantile of the posts missing in each municipality, by its name."""
    with h5py.File(file) as result:
        at = list(result["year"][()]).index(year)
        of = [name.decode() for name in result["occupation"][()]].index(occupation)
        mean = result["summary/workforce/gap_fte"][at, :, of]
        quantiles = result["summary/workforce/gap_fte_quantiles"][:, at, :, of]
        names = [name.decode() for name in result["summary_area_name"][()]]
        kinds = [kind.decode() for kind in result["summary_area_kind"][()]]
    return {name: (mean[area], quantiles[0, area], quantiles[-1, area])
            for area, name in enumerate(names) if kinds[area] == "area"}


def plain(text):
    """A number as a page writes it."""
    return float(text.replace("−", "-").replace("\u00a0", "").replace("\u202f", "").replace(",", "."))


class ReportPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        cls.base, cls.other, cls.html = folder / "base.h5", folder / "other.h5", folder / "report.html"
        short = ["--draws", 4, "--progress", "never", "--set", f"projection.end_year={OTHER_YEAR}"]
        run("run", PROJECT / "scenarios/orebro/workforce.toml", "-o", cls.base, *short)
        run("run", PROJECT / "scenarios/orebro/workforce-cooperation.toml", "-o", cls.other, *short,
            "--set", f"title={TITLE}")
        run("report", cls.base, cls.other, "-o", cls.html, "--year", YEAR)
        cls.page = Page()

    @classmethod
    def tearDownClass(cls):
        cls.page.close()
        cls.folder.cleanup()

    def setUp(self):
        self.page.requests.clear()
        self.page.complaints.clear()
        self.page.resize(1366, 900)
        self.page.open(self.html)

    def tearDown(self):
        self.assertEqual(self.page.requests, [self.html.as_uri()], "the page asked for more than itself")
        self.assertEqual(self.page.complaints, [])

    def expect_drawn(self, expected):
        """Dots stand in a row with the figures, most first, and the table has the figures."""
        drawn = self.page.of(DRAWN)
        self.assertEqual([name for name, _ in drawn], sorted(expected, key=lambda name: -expected[name][0]))
        means = [expected[name][0] for name, _ in drawn]
        slope, start = numpy.polyfit(means, [x for _, x in drawn], 1)
        self.assertGreater(slope, 0)
        for mean, (name, x) in zip(means, drawn):
            self.assertAlmostEqual(slope * mean + start, x, delta=0.5, msg=name)
        for name, *figures in self.page.of(TABLE):
            for text, figure in zip(figures[:3], expected[name]):
                # Rounded to three digits in the page, and again to what is read.
                self.assertAlmostEqual(plain(text), figure, delta=0.55 if abs(figure) >= 19.9 else 0.055, msg=name)

    def test_the_first_screen_answers_the_planners_questions(self):
        expected = gaps(self.base, YEAR, "assistant_nurse")
        worst = max(expected, key=lambda name: expected[name][0])
        words = self.page.of("document.getElementById('answers').innerText")
        self.assertTrue(words.startswith(f"{worst} saknar flest undersköterskor {YEAR}: "), words)
        low, high = (round(bound) for bound in expected[worst][1:])
        self.assertIn(f"I 80 av 100 dragna framtider: {low} till {high} årsarbetare.", words)
        self.assertIn("</script><b id=broken>cooperation: i kommuner med brist saknas", words)
        self.assertLess(self.page.of("document.getElementById('ranking').getBoundingClientRect().bottom"), 900)

    def test_what_nobody_decides_is_not_named_as_what_helps(self):
        folder = pathlib.Path(self.folder.name)
        outside, html = folder / "outside.h5", folder / "outside.html"
        run("run", PROJECT / "scenarios/orebro/workforce-cooperation.toml", "-o", outside, "--draws", 4, "--progress",
            "never", "--set", f"projection.end_year={OTHER_YEAR}", "--set", "external=true")
        run("report", self.base, outside, "-o", html, "--year", YEAR)
        self.page.requests.clear()
        self.html, kept = html, self.html
        try:
            self.page.open(html)
            words = self.page.of("document.getElementById('answers').innerText")
            self.assertIn("Inget annat scenario som går att besluta om minskar bristen", words)
            chart = self.page.of("document.getElementById('scenarios-ranked').textContent")
            self.assertIn("(yttre förlopp)", chart)
            self.assertEqual(self.page.requests, [html.as_uri()])
        finally:
            self.html = kept
            self.page.requests[:] = [kept.as_uri()]

    def test_what_is_drawn_is_what_the_result_holds(self):
        self.expect_drawn(gaps(self.base, YEAR, "assistant_nurse"))

    def test_the_slider_moves_by_keys_and_keeps_the_focus(self):
        self.page.of("document.getElementById('year').focus()")
        self.page.press("ArrowRight")
        self.assertEqual(self.page.of("document.activeElement.id"), "year")
        self.assertEqual(self.page.of("document.querySelector('output[for=year]').textContent"), str(OTHER_YEAR))
        self.expect_drawn(gaps(self.base, OTHER_YEAR, "assistant_nurse"))

    def test_scenario_and_occupation_can_be_chosen(self):
        self.page.choose("#scenario", "1")
        self.page.choose("#subject", "workforce/gap_fte|nurse")
        self.expect_drawn(gaps(self.other, YEAR, "nurse"))
        self.assertIn("sjuksköterskor", self.page.of("document.querySelector('#ranking h3').textContent"))

    def test_a_municipality_is_chosen_on_the_map(self):
        self.page.click("#map svg g[aria-label='geo'] path")
        chosen = self.page.of("document.getElementById('area').selectedOptions[0].textContent")
        self.assertEqual(chosen, self.page.of("document.querySelector('#ranking tbody th').textContent"))
        self.assertIn(chosen, self.page.of("document.querySelector('#pyramid h3').textContent"))

    def test_pyramids_draw_everyone_of_the_year(self):
        with h5py.File(self.base) as result:
            at = list(result["year"][()]).index(YEAR)
            persons = result["population/persons"][at, :12].sum(axis=0)
        rows = self.page.of("[...document.querySelectorAll('#pyramid svg g[aria-label=rect] rect')].map((bar) =>"
                            "[bar.getAttribute('aria-label'), bar.getBoundingClientRect().width])")
        self.assertEqual(len(rows), 202)
        widths = {label.split(":")[0]: width for label, width in rows}
        drawn = numpy.array([[widths[f"{sex} {age}"] for age in range(101)] for sex in ("female", "male")])
        scale = drawn.sum() / persons.sum()
        numpy.testing.assert_allclose(drawn, scale * persons, atol=12 * 0.5 * scale + 0.1)

    def test_the_language_changes_by_keys(self):
        self.page.of("document.getElementById('in-en').focus()")
        self.page.press("Enter")
        self.assertEqual(self.page.of("document.documentElement.lang"), "en")
        self.assertIn("lacks most assistant nurses", self.page.of("document.getElementById('answers').innerText"))
        left = self.page.of("[...document.querySelectorAll('main > :not(#sources, #made)')].map((one) => one.innerText)"
                            ".join().match(/kommun|årsarbetare|undersköterskor/gi)")
        self.assertIsNone(left, "Swedish is left on the English page")

    def test_every_control_has_a_label_and_every_chart_a_table(self):
        bare = self.page.of("[...document.querySelectorAll('input, select')].filter((one) => !one.labels.length)"
                            ".length")
        self.assertEqual(bare, 0)
        figures = self.page.of("document.querySelectorAll('figure').length")
        self.assertGreater(figures, 30)
        self.assertEqual(self.page.of("[...document.querySelectorAll('figure')].filter((one) => "
                                      "one.querySelector('svg[role=img][aria-label]') && one.querySelector('tbody tr'))"
                                      ".length"), figures)
        self.page.press("Tab")
        self.assertEqual(self.page.of("document.activeElement.className"), "skip")

    def test_texts_stand_out_from_their_paper(self):
        self.assertEqual(self.page.of(CONTRAST), [])

    def test_a_narrow_page_does_not_scroll_sideways(self):
        self.page.resize(360, 800)
        self.page.open(self.html)
        self.assertLessEqual(self.page.of("document.documentElement.scrollWidth"), 360)
        self.page.requests.pop()

    def test_a_title_is_a_text(self):
        self.assertFalse(self.page.of("document.getElementById('broken') !== null"))
        self.assertIn("</script><b id=broken>", self.page.of("document.getElementById('scenario').textContent"))

    def test_only_the_pages_own_script_may_run(self):
        text = self.html.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
        script = re.search(r"<script>(.*)</script>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        self.assertTrue(policy.startswith("default-src 'none'; "))
        self.assertIn(f"script-src 'sha256-{digest}';", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotRegex(policy, r"https?:|\*")
        self.assertLess(len(text), 5e6)


class HindcastPage(unittest.TestCase):
    """The shipped hindcast of a county beside the result that it is about."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        cls.judged, cls.html = folder / "judged.h5", folder / "report.html"
        result = folder / "result.h5"
        run("hindcast", PROJECT / "scenarios/orebro/hindcast-2010.toml", "--draws", 4, "-o", cls.judged)
        run("run", PROJECT / "scenarios/orebro/launch-2010.toml", "-o", result, "--progress", "never",
            "--set", "projection.end_year=2020")
        run("report", result, cls.judged, "-o", cls.html)
        cls.page = Page()
        cls.page.open(cls.html)

    @classmethod
    def tearDownClass(cls):
        cls.page.close()
        cls.folder.cleanup()

    def rows_of(self, figure):
        return self.page.of(f"[...document.querySelectorAll('#{figure} tbody tr')].map((row) =>"
                            "[...row.cells].map((cell) => cell.textContent))")

    def figures(self, kind, columns, **wanted):
        """Rows of the file by the columns named, of those with the values wanted."""
        with h5py.File(self.judged) as file:
            found = {column: [one.decode() if isinstance(one, bytes) else one for one in file[f"{kind}_{column}"][()]]
                     for column in {*columns, *wanted}}
            values = {name: file[f"{kind}s/{name}"][()] for name in file[f"{kind}s"]}
        return {tuple(found[column][at] for column in columns): {name: of[at] for name, of in values.items()}
                for at in range(len(found[columns[0]]))
                if all(found[column][at] == value for column, value in wanted.items())}

    def test_errors_of_everything_that_is_judged_are_drawn(self):
        titles = self.page.of("[...document.querySelectorAll('#outturn figure h3')].map((one) => one.textContent)")
        for at, judged in enumerate(("all people", "65 and over", "80 and over")):
            self.assertIn(f"kohort mot {judged}", titles[at])
            errors = sorted((of["percent"] for of in self.figures(
                "figure", ["area"], standard=judged, result="kohort", sex="both").values()), reverse=True)
            self.assertEqual(len(errors), 12)
            shown = [plain(row[3]) for row in self.rows_of(f"errors-0-{at}")]
            numpy.testing.assert_allclose(shown, errors, atol=0.06)
            drawn = self.page.of(f"[...document.querySelectorAll('#errors-0-{at} svg circle')].map((dot) =>"
                                 "dot.getBoundingClientRect().x)")
            slope, start = numpy.polyfit(errors, drawn, 1)
            self.assertGreater(slope, 0)
            # The page has three digits of a figure.
            numpy.testing.assert_allclose(slope * numpy.array(errors) + start, drawn, atol=0.05 * slope + 0.5)

    def test_parts_add_up_to_the_error(self):
        title = self.page.of("document.querySelector('#parts-0-0 h3').textContent")
        self.assertIn("Skillnaden uppdelad, kohort mot components of change, 2015", title)
        heads = self.page.of("[...document.querySelectorAll('#parts-0-0 thead th')].map((one) => one.textContent)")
        self.assertEqual(heads[1:4], ["folkmängden vid start", "födda minus döda", "flyttningsnetto"])
        parts = self.figures("part", ["area", "name"], result="kohort", year=2015)
        rows = self.rows_of("parts-0-0")
        self.assertEqual(len(rows), 12)
        wholes = sorted(of["value"] for (_, name), of in parts.items() if name == "all")
        shown = sorted(plain(row[-1]) for row in rows)
        numpy.testing.assert_allclose(shown, wholes, rtol=0.006, atol=0.6)
        for row in rows:
            figures = [plain(text) for text in row[1:]]
            self.assertAlmostEqual(sum(figures[:-1]), figures[-1], delta=0.01 * max(map(abs, figures)) + 2, msg=row)

    def test_coverage_stands_beside_the_errors(self):
        heads = self.page.of("[...document.querySelectorAll('#outturn table')].map((one) =>"
                             "[...one.querySelectorAll('thead th')].map((head) => head.textContent))"
                             ".find((heads) => heads.some((head) => head.startsWith('MAPE')))")
        self.assertEqual(heads[-2:], ["I 80-procentsintervallet", "I 95-procentsintervallet"])
        self.assertEqual(self.page.complaints, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
