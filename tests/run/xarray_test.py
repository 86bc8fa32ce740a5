#!/usr/bin/env python3
"""A result opens in xarray with named dimensions and labels, with both netCDF engines.

usage: xarray_test.py KOHORT PROJECT
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import xarray

KOHORT, PROJECT = sys.argv[1], pathlib.Path(sys.argv[2])
ENGINES = ("netcdf4", "h5netcdf")
ENSEMBLE = """
format = 1
extends = ["{0}/welfare.toml", "{0}/care.toml"]
draws = 5
projection.end_year = 2016
uncertainty = {{ events = true, paths = true, apart = true }}
output.draws = true
[[output.threshold]]
name = "100 000 of working age"
area = "all_but_rest"
ages = "20-64"
above = 100000
[[goal]]
name = "no fewer of working age"
area = "all_but_rest"
ages = "20-64"
relative_to = 2015
at_least = 0.99
year = 2016
"""
PLAN = """
format = 1
kind = "plan"
draws = 3
set = ["uncertainty.events=true"]
[[scenario]]
name = "now"
file = "{0}/care.toml"
[[scenario]]
name = "longer lives"
file = "{0}/care.toml"
set = ["population.mortality.rates=0.03"]
[[scenario]]
name = "without care"
file = "{0}/people.toml"
"""


class Result(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = str(pathlib.Path(cls.folder.name) / "reference.h5")
        scenario = PROJECT / "scenarios" / "orebro" / "reference.toml"
        subprocess.run([KOHORT, "run", str(scenario), "-o", cls.file,
                        "--set", "projection.end_year=2018"], check=True,
                       stdout=subprocess.DEVNULL)
        cls.life_tables = str(pathlib.Path(cls.folder.name) / "life_tables.h5")
        scenario = PROJECT.joinpath("tests", "published", "wpp2019_norway", "scenario.toml")
        subprocess.run([KOHORT, "run", str(scenario), "-o", cls.life_tables], check=True,
                       stdout=subprocess.DEVNULL)

        cls.ensemble = str(pathlib.Path(cls.folder.name) / "ensemble.h5")
        scenario = pathlib.Path(cls.folder.name) / "ensemble.toml"
        scenario.write_text(ENSEMBLE.format(PROJECT / "scenarios" / "orebro"),
                            encoding="utf-8")
        subprocess.run([KOHORT, "run", str(scenario), "-o", cls.ensemble], check=True,
                       stdout=subprocess.DEVNULL)
        cls.batch = str(pathlib.Path(cls.folder.name) / "batch.h5")
        plan = pathlib.Path(cls.folder.name) / "plan.toml"
        plan.write_text(PLAN.format(PROJECT / "tests" / "scenario" / "broken" / "base"),
                        encoding="utf-8")
        subprocess.run([KOHORT, "batch", str(plan), "-o", cls.batch], check=True,
                       stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_population_has_named_dimensions_and_labels(self):
        for engine in ENGINES:
            with self.subTest(engine=engine):
                root = xarray.open_dataset(self.file, engine=engine)
                population = xarray.open_dataset(self.file, group="population", engine=engine)
                persons = population["persons"]
                self.assertEqual(persons.dims, ("year", "area", "sex", "age"))
                self.assertEqual(persons.attrs["units"], "1")
                self.assertEqual(list(root["year"].values), [2015, 2016, 2017, 2018])
                self.assertEqual(str(root["area"].values[0]), "1880")
                self.assertEqual(str(root["area_name"].values[0]), "Örebro")
                self.assertEqual(root["area_name"].dims, ("area",))
                self.assertEqual(str(root["area_kind"].values[-1]), "rest")

    def test_both_engines_read_the_same_figures(self):
        persons = [xarray.open_dataset(self.file, group="population", engine=engine)["persons"]
                   for engine in ENGINES]
        self.assertTrue((persons[0].values == persons[1].values).all())
        self.assertEqual(float(persons[0][0, :12].sum()), 291012.0)

    def test_every_dataset_says_its_unit_name_and_basis(self):
        def check(name, item):
            if not isinstance(item, h5py.Dataset):
                return
            for attribute in ("units", "long_name"):
                self.assertTrue(item.attrs.get(attribute), f"{name}: {attribute}")
            if "/" in name:
                self.assertIn("basis", item.attrs, name)
                self.assertTrue(all(len(dimension) == 1 for dimension in item.dims), name)

        for result in (self.file, self.life_tables, self.ensemble, self.batch):
            with h5py.File(result) as file:
                file.visititems(check)
                self.assertEqual(file.attrs["status"], "complete")
                self.assertEqual(file.attrs["kohort_format"], 2)

    def test_care_stands_by_state_and_sums_to_the_population(self):
        for engine in ENGINES:
            with xarray.open_dataset(self.ensemble, engine=engine, group="care") as care, \
                 xarray.open_dataset(self.ensemble, engine=engine, group="population") as people:
                self.assertEqual(care.persons.dims, ("year", "area", "sex", "age", "care_state"))
                self.assertEqual(care.volume.dims, ("flow_year", "area", "service"))
                by_state = care.persons.sum("care_state").values[..., 65:]
                gap = abs(by_state - people.persons.values[..., 65:]).max()
                self.assertLess(gap, 1e-6)

    def test_the_scenarios_of_a_batch_stand_before_all_other_axes(self):
        for engine in ENGINES:
            with self.subTest(engine=engine):
                root = xarray.open_dataset(self.batch, engine=engine)
                self.assertEqual([str(name) for name in root["scenario"].values],
                                 ["now", "longer lives", "without care"])
                self.assertEqual(root["scenario_status"].dims, ("scenario",))
                with xarray.open_dataset(self.batch, engine=engine, group="population") as people:
                    self.assertEqual(people.persons.dims, ("scenario", "year", "area", "sex", "age"))
                    self.assertFalse(people.persons.isnull().any())
                    self.assertEqual(people.persons_quantiles.dims[:2], ("scenario", "quantile"))
                with xarray.open_dataset(self.batch, engine=engine, group="care") as care:
                    self.assertTrue(care.volume[2].isnull().all())
                    self.assertEqual(json.loads(care.volume.attrs["missing_in"]), ["without care"])
                with xarray.open_dataset(self.batch, engine=engine,
                                         group="difference/population") as difference:
                    persons = difference.assign_coords(root.coords).persons.sel(
                        year=2004, summary_area="all", summary_age="all", summary_sex="both")
                    self.assertEqual(list(persons.values[[0, 2]]), [0, 0])
                    self.assertGreater(persons.values[1], 0)

    def test_the_format_document_names_everything(self):
        text = (PROJECT / "engine" / "store" / "FORMAT.md").read_text(encoding="utf-8")

        def check(name, item):
            if isinstance(item, h5py.Dataset):
                if name.startswith("life_table/"):
                    name = name.partition("/")[2]
                of_draws = re.search("_(quantiles|sd|draws)$", name)
                if name.startswith(("summary/", "difference/")):
                    group = name.partition("/")[0]
                    name = name.partition("/")[2]
                    if of_draws:
                        self.assertIn(f"`{group}/NAME{of_draws[0]}`", text)
                        name = name.removesuffix(of_draws[0])
                elif of_draws and name.startswith(("population/", "indicators/", "care/", "welfare/")):
                    name = name.removesuffix(of_draws[0])
                name = re.sub("uncertainty_(mortality|fertility|immigration|emigration|domestic)",
                              "uncertainty_C", name)
                self.assertIn(f"`{name}`", text)

        for result in (self.file, self.life_tables, self.ensemble, self.batch):
            with h5py.File(result) as file:
                file.visititems(check)
                for attribute in file.attrs:
                    self.assertIn(f"`{attribute}`", text)
                for entry in json.loads(file.attrs["inputs"]):
                    for key in entry:
                        self.assertIn(f"`{key}`", text)

    def test_an_ensemble_has_quantiles_and_draws(self):
        for engine in ENGINES:
            with self.subTest(engine=engine):
                population = xarray.open_dataset(self.ensemble, group="population",
                                                 engine=engine)
                mean = population["persons"]
                self.assertEqual(population["persons_quantiles"].dims, ("quantile",) + mean.dims)
                draws = population["persons_draws"]
                self.assertEqual(draws.dims, ("draw",) + mean.dims)
                self.assertEqual(str(draws.dtype), "float32")
                exact = draws.astype("float64")  # single precision would not do for the sum
                self.assertLess(abs(float(exact.mean("draw").sum() - mean.sum())), 1e-3)

    def test_sums_are_found_by_their_labels(self):
        for engine in ENGINES:
            with self.subTest(engine=engine):
                root = xarray.open_dataset(self.ensemble, engine=engine)
                cells = xarray.open_dataset(self.ensemble, group="population", engine=engine)
                sums = xarray.open_dataset(self.ensemble, group="summary/population",
                                           engine=engine).assign_coords(root.coords)
                old = sums["persons"].sel(summary_area="all_but_rest", summary_age="80+",
                                          summary_sex="both")
                expected = cells["persons"][:, :12, :, 80:].sum(("area", "sex", "age"))
                self.assertLess(abs(old.values - expected.values).max(), 1e-6)
                west = sums["persons_sd"].sel(summary_area="west", layer="events", year=2015)
                self.assertEqual(float(west.sum()), 0.0)
                self.assertEqual(sums["deaths_quantiles"].dims[:2], ("quantile", "flow_year"))

    def test_indicators_run_along_area_and_along_groups(self):
        indicators = xarray.open_dataset(self.ensemble, group="indicators")
        groups = xarray.open_dataset(self.ensemble, group="summary/indicators")
        self.assertEqual(indicators["mean_age"].dims, ("year", "area"))
        self.assertEqual(indicators["total_fertility_rate"].dims, ("flow_year", "area"))
        self.assertEqual(groups["mean_age"].dims, ("year", "summary_area"))
        for name, figures in indicators.items():
            areas = figures.sizes["area"]
            self.assertTrue((figures.values == groups[name].values[..., :areas]).all(), name)
        self.assertTrue((indicators["life_expectancy_female"].values > 80).all())

    def test_thresholds_say_what_they_are_about(self):
        root = xarray.open_dataset(self.ensemble)
        shares = xarray.open_dataset(self.ensemble, group="thresholds")["probability"]
        self.assertEqual(shares.dims, ("threshold", "year"))
        self.assertTrue((shares.values == 1).all())
        self.assertEqual(str(root["threshold_ages"].values[0]), "20-64")
        self.assertEqual(float(root["threshold_limit"].values[0]), 100000.0)

    def test_goals_say_what_they_are_about_and_what_became_of_them(self):
        root = xarray.open_dataset(self.ensemble)
        goals = xarray.open_dataset(self.ensemble, group="goals")
        self.assertEqual(goals["holds"].dims, ("goal", "year"))
        self.assertEqual(goals["shortfall_quantiles"].dims, ("quantile", "goal"))
        self.assertEqual(float(goals["probability"].values[0]), 1.0)
        self.assertEqual(float(goals["first_year"].values[0]), 2016.0)
        self.assertEqual(str(root["goal_relative_to"].values[0]), "2015")
        self.assertEqual(int(root["goal_year"].values[0]), 2016)

    def test_inputs_are_told_apart_by_name_hash_and_rows(self):
        with h5py.File(self.file) as file:
            inputs = {entry["parameter"]: entry for entry in json.loads(file.attrs["inputs"])}
        data = PROJECT / "scenarios" / "sweden" / "data" / "population_orebro_cohorts.csv"
        base = inputs["population.base"]
        self.assertEqual(base["name"], data.name)
        self.assertEqual(base["sha256"], hashlib.sha256(data.read_bytes()).hexdigest())
        self.assertEqual(base["rows"], len(data.read_text(encoding="utf-8").splitlines()) - 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
