#!/usr/bin/env python3
"""What export writes is what the result holds, as Python's own readers see it; open_results() sees it
whole.

usage: exchange_test.py KOHORT PROJECT
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
import zipfile

import h5py

KOHORT, PROJECT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(PROJECT / "python"))
import kohort  # noqa: E402

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SCENARIO = """
format = 1
extends = ["{0}/welfare.toml", "{0}/care.toml"]
draws = 3
projection.end_year = 2017
uncertainty = {{ events = true, paths = true }}
"""


def sheets(file):
    """Each sheet of a workbook as rows from letters of columns to texts and numbers."""
    with zipfile.ZipFile(file) as archive:
        book = xml.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in book.iter(SHEET + "sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            rows = []
            for row in xml.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(SHEET + "row"):
                cells = {}
                for cell in row:
                    column = re.match("[A-Z]+", cell.get("r"))[0]
                    text = "".join(cell.itertext())
                    cells[column] = text if cell.get("t") == "inlineStr" else float(text)
                rows.append(cells)
            found[name] = rows
    return found


class Exchange(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        scenario = cls.path / "care.toml"
        scenario.write_text(SCENARIO.format(PROJECT / "scenarios" / "orebro"), encoding="utf-8")
        cls.file = cls.path / "care.h5"
        cls.kohort("run", scenario, "-o", cls.file)
        cls.results = kohort.open_results(cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.results.close()
        cls.folder.cleanup()

    @classmethod
    def kohort(cls, *arguments):
        subprocess.run([KOHORT, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                       cwd=cls.path)

    def persons(self, **where):
        return float(self.results["population/persons"].sel(**where).sum())

    def test_results_are_whole_and_labelled(self):
        results = self.results
        self.assertEqual(results["population/persons"].dims, ("year", "area", "sex", "age"))
        self.assertEqual(self.persons(year=2015, area="1880"), 144200.0)
        self.assertEqual(str(results["area_name"].sel(area="1880").values), "Örebro")
        with h5py.File(self.file) as file:
            found = []
            file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Dataset)
                            and "/" in name else None)
        self.assertEqual(sorted(results.data_vars), sorted(found))
        self.assertEqual(results.attrs["inputs"][0]["parameter"], "areas.table")

    def test_results_tell_what_they_are_worth(self):
        worth = kohort.basis(self.results)
        with h5py.File(self.file) as file:
            for name, basis in worth.items():
                self.assertEqual(basis, file[name].attrs["basis"])
        self.assertEqual(worth["population/persons"], "estimated")
        self.assertEqual(worth["care/cost"], "assumed")
        self.assertEqual(kohort.weakest_basis(self.results), "assumed")

    def test_both_engines_open_results(self):
        for engine in ("netcdf4", "h5netcdf"):
            with kohort.open_results(self.file, engine=engine) as results:
                self.assertTrue((results["care/users"].values ==
                                 self.results["care/users"].values).all())

    def test_what_is_no_whole_result_is_refused(self):
        broken = self.path / "broken.h5"
        broken.write_bytes(self.file.read_bytes())
        with h5py.File(broken, "r+") as file:
            del file.attrs["status"]
        with self.assertRaisesRegex(kohort.NotAResult, "no complete Kohort result"):
            kohort.open_results(broken)
        with h5py.File(broken, "r+") as file:
            file.attrs["status"] = "complete"
            file.attrs["kohort_format"] = 3
        with self.assertRaisesRegex(kohort.NotAResult, "format is 3"):
            kohort.open_results(broken)
        broken.write_text("year,persons\n", encoding="utf-8")
        with self.assertRaisesRegex(kohort.NotAResult, "no HDF5 file"):
            kohort.open_results(broken)
        with self.assertRaises(FileNotFoundError):
            kohort.open_results(self.path / "nowhere.h5")

    def test_every_variable_is_in_a_table_of_csv(self):
        self.kohort("export", self.file, "--to", "csv", "-o", "tables")
        columns = set()
        for table in (self.path / "tables").glob("*.csv"):
            with open(table, encoding="utf-8") as file:
                columns |= {(table.stem.split("_by_")[0], name) for name in next(csv.reader(file))}
        for name, values in self.results.data_vars.items():
            if "summary/" + name in self.results:
                self.assertIn(tuple(name.split("/")), columns)
            group = name.replace("/", "_", 1).split("/") if name.startswith("summary/") else None
            if group:
                self.assertIn(tuple(group), columns)

    def test_figures_of_the_csv_are_those_of_the_result(self):
        self.kohort("export", self.file, "--to", "csv", "-o", "p.csv", "--table",
                    "population_by_sex_age")
        with open(self.path / "p.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), self.results["population/persons"].size)
        for row in rows[::997]:
            where = {"area": row["area"], "sex": row["sex"], "age": int(row["age"].rstrip("+"))}
            self.assertEqual(float(row["persons"]), self.persons(year=int(row["year"]), **where))
            if row["year"] != "2015":
                deaths = self.results["population/deaths"].sel(flow_year=int(row["year"]), **where)
                self.assertEqual(float(row["deaths"]), float(deaths))

    def test_json_stat_comes_back_through_import(self):
        self.kohort("export", self.file, "--to", "json-stat", "-o", "u.json", "--lang", "sv",
                    "--table", "care_by_service_sex_age")
        self.kohort("import", "u.json", "-o", "u.csv")
        users = self.results["care/users"]
        with open(self.path / "u.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), users.size)
        for row in rows:
            self.assertIn(row["sex"], ("female", "male"))
        self.assertEqual([float(row["value"]) for row in rows], list(users.values.ravel()))

    def test_the_workbook_has_the_tabs_that_planners_know(self):
        self.kohort("export", self.file, "--to", "xlsx", "-o", "b.xlsx", "--lang", "sv",
                    "--table", "population_by_sex_age", "--table", "care_by_service",
                    "--table", "summary_population_by_age_sex")
        tabs = sheets(self.path / "b.xlsx")
        self.assertEqual(list(tabs), ["Om filen", "Sammanfattning", "1-årsklasser", "5-årsklasser",
                                      "Egna grupper"])
        head = {name: column for column, name in tabs["5-årsklasser"][0].items()}

        def figure(tab, year, **labels):
            found = [row for row in tabs[tab] if all(row.get(head[key], "") == value
                                                     for key, value in labels.items())]
            self.assertEqual(len(found), 1, labels)
            return found[0].get(head[year])

        of_orebro = {"tabellinnehåll": "folkmängd", "region": "1880", "mått": "medelvärde"}
        self.assertAlmostEqual(figure("Sammanfattning", "2017", **of_orebro),
                               self.persons(year=2017, area="1880"), 6)
        self.assertAlmostEqual(figure("1-årsklasser", "2016", kön="kvinnor", ålder="85", **of_orebro),
                               self.persons(year=2016, area="1880", sex="female", age=85), 6)
        old = sum(self.persons(year=2016, area="1880", sex="female", age=age)
                  for age in range(85, 90))
        self.assertAlmostEqual(figure("5-årsklasser", "2016", kön="kvinnor", ålder="85-89",
                                      **of_orebro), old, 6)
        groups = self.results["summary/population/persons"].sel(
            year=2017, summary_area="1880", summary_age="80+", summary_sex="both")
        self.assertAlmostEqual(figure("Egna grupper", "2017", kön="båda könen", ålder="80+",
                                      **of_orebro), float(groups), 6)
        queue = self.results["care/queue"].sel(year=2017, area="1880", service="special_housing")
        found = figure("Sammanfattning", "2017", region="1880", tabellinnehåll="personer i kö",
                       kategori="special_housing (places)")
        self.assertAlmostEqual(found, float(queue), 6)
        self.assertIsNone(figure("Sammanfattning", "2015", region="1880", tabellinnehåll="döda"))

    def test_small_counts_are_kept_back_in_every_kind_of_file(self):
        rule = ("--suppress", "4", "--table", "care_by_service_sex_age")
        self.kohort("export", self.file, "--to", "xlsx", "-o", "s.xlsx", *rule)
        self.kohort("export", self.file, "--to", "json-stat", "-o", "s.json", *rule)
        self.kohort("export", self.file, "--to", "csv", "-o", "s.csv", *rule)
        tabs = sheets(self.path / "s.xlsx")
        self.assertIn("counts of 1-4 are shown as ..", [row.get("B") for row in tabs["About"]])
        figures = [cell for tab in ("Summary", "One-year", "Five-year") for row in tabs[tab][1:]
                   for column, cell in row.items() if column > "I"]
        self.assertIn("..", figures)
        shown = [figure for figure in figures if figure != ".."]
        self.assertFalse([figure for figure in shown if 0 < figure < 5])
        values = json.loads((self.path / "s.json").read_text(encoding="utf-8"))
        self.assertEqual(sum(value is None for value in values["value"]), len(values["status"]))
        self.assertFalse([value for value in values["value"] if value and value < 5])
        with open(self.path / "s.csv", encoding="utf-8") as file:
            users = [row["users"] for row in csv.DictReader(file)]
        self.assertEqual(users.count(".."), len(values["status"]))
        exact = self.results["care/users"].values
        self.assertEqual(len(values["status"]), int(((exact >= 0.5) & (exact < 4.5)).sum()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
