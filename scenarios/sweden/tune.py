#!/usr/bin/env python3
"""How the windows of counties-from-history.toml were chosen. Needs python3-h5py.

usage: tune.py KOHORT

Runs launches 1980, 1985, 1990 and 1995 with the chosen windows, and with each of them changed, and writes a
Markdown table of the mean absolute percentage errors over the counties, as means over the launches. Only
counts up to 2000 judge: so the launch of 1995 only its first five years. A second table has the coverage of
intervals at the same launches and counts; nothing was chosen by it. Windows reach back to 1969 at most,
the first year whose flows are known.
"""
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

import hindcast

FIRST_FLOW, LAST_OUTCOME = 1969, 2000
LAUNCHES, HORIZONS = (1980, 1985, 1990, 1995), (5, 10)
CHOSEN = {"mortality_level_years": 2, "mortality_trend_years": 15, "local_level_years": 10,
          "fertility_years": 20, "international_years": 20, "net_migration_years": 15}
PATHS = {"fertility_path_years": 99, "net_migration_path_years": 99}  # all years; not in the mean path
ENSEMBLE = {"draws": 400, "uncertainty.paths": "true", "uncertainty.events": "true",
            "output.draws": "true"}
TRIED = {"mortality_level_years": (1, 3, 5), "mortality_trend_years": (10, 20),
         "local_level_years": (5, 15), "fertility_years": (5, 10, 15),
         "international_years": (5, 10, 15), "net_migration_years": (5, 10, 20)}


def run(kohort, launch, windows, folder, more=None):
    """Persons[year since launch, county, sex, age]"""
    settings = {f"history.{name}": min(years, launch - FIRST_FLOW + 1)
                for name, years in {**windows, **PATHS}.items()}
    settings |= more or {}
    settings |= {"projection.base_year": launch, "projection.launch_year": launch,
                 "projection.end_year": min(launch + max(HORIZONS), LAST_OUTCOME)}
    command = [kohort, "run", hindcast.TABLES.parent / "counties-1990.toml", "-o",
               folder / "tune.h5"]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with h5py.File(folder / "tune.h5") as result:
        return result["population/persons"][:]


def judge(kohort, windows, stocks, folder):
    """Horizon -> MAPE by age group, the mean of the launches."""
    found = {horizon: [] for horizon in HORIZONS}
    for launch in LAUNCHES:
        persons = run(kohort, launch, windows, folder)
        for horizon in HORIZONS:
            if launch + horizon <= LAST_OUTCOME:
                mape, _ = hindcast.errors(hindcast.by_group(persons[horizon]),
                                          hindcast.by_group(stocks[launch + horizon]))
                found[horizon].append(mape)
    return {horizon: np.mean(mapes, 0) for horizon, mapes in found.items()}


def cover(kohort, stocks, folder):
    """Prints how often outcomes up to 2000 lie within the intervals of these launches."""
    seen = []
    for launch in LAUNCHES:
        run(kohort, launch, CHOSEN, folder, ENSEMBLE)
        ensemble = hindcast.Coverage(folder / "tune.h5", [])
        for horizon in HORIZONS:
            if launch + horizon <= LAST_OUTCOME:
                ensemble.judge(horizon, launch + horizon, stocks[launch + horizon])
        seen += ensemble.seen
    hindcast.print_means(seen)


def main():
    kohort = str(pathlib.Path(sys.argv[1]).resolve())
    stocks, _ = hindcast.observed()
    print("| windows |", *(f"{group}, {horizon} years |" for horizon in HORIZONS
                           for group in hindcast.GROUPS))
    print("|---" + "|--:" * len(HORIZONS) * len(hindcast.GROUPS) + "|")
    with tempfile.TemporaryDirectory() as folder:
        alternatives = [("as chosen", CHOSEN)]
        alternatives += [(f"`{name}` {years}", {**CHOSEN, name: years})
                         for name, tried in TRIED.items() for years in tried]
        for label, windows in alternatives:
            mapes = judge(kohort, windows, stocks, pathlib.Path(folder))
            print(f"| {label} |", *(f"{mape:.2f} |" for horizon in HORIZONS
                                    for mape in mapes[horizon]))
        cover(kohort, stocks, pathlib.Path(folder))


if __name__ == "__main__":
    main()
