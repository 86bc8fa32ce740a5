#!/usr/bin/env python3
"""The measured work in vectorised NumPy, one thread: what an analyst writes who knows it well.

usage: numpy_peer.py [REPETITIONS]
Prints a JSON object: for each work the median of processor seconds, the cell-years, the check sums.
"""
import json
import os
import statistics
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
try:
    import numpy as np
except ModuleNotFoundError as missing:
    if missing.name != "numpy":
        raise
    sys.exit("numpy_peer.py: this Python has no NumPy: install python3-numpy, or run Debian's, /usr/bin/python3")

import inputs
from inputs import AGES, AREAS, DRAWS, END_BEARING, FIRST_BEARING, ROWS, SEXES, YEARS

BEARING = slice(FIRST_BEARING, END_BEARING)
QUANTILES = [0.025, 0.1, 0.5, 0.9, 0.975]
QUANTILE_YEARS = 2  # of the nation


def year_of(people, dying, leaving, arriving, bearing):
    """People at the end of a year, with the births and deaths of it. People are [...][sex][age]."""
    deaths = np.vdot(people, dying)
    stay = 1.0 - dying
    stay -= leaving
    stay *= people
    after = np.empty_like(stay)
    after[..., 1:] = stay[..., :-1]
    after[..., -1] += stay[..., -1]
    after[..., 1:] += arriving[..., 1:]
    women = people[..., 0, BEARING] + after[..., 0, BEARING]
    births = 0.5 * (women * bearing[..., BEARING]).sum(-1)
    alive = 1.0 - inputs.NEWBORN_EXPOSURE * dying[..., 0]
    after[..., 0] = births[..., None] * inputs.SHARE_BY_SEX * alive + arriving[..., 0]
    return after, births, deaths


def one_projection(given):
    """W1: all areas at once."""
    people, births, deaths = given["persons"], 0.0, 0.0
    for year in range(YEARS):
        people, born, died = year_of(people, given["dying"] * given["year_dying"][year],
                                     given["leaving"] * given["year_leaving"][year],
                                     given["arriving"] * given["year_arriving"][year],
                                     given["bearing"] * given["year_bearing"][year])
        births, deaths = births + born.sum(), deaths + died
    return people.sum(), births, deaths


def draws_of(given, area, factors, keep=None):
    """All draws of one area: [draw][sex][age]."""
    people = np.broadcast_to(given["persons"][area], (DRAWS, SEXES, AGES))
    births, deaths = 0.0, 0.0
    for year in range(YEARS):
        arriving = given["draw_arriving"][year][:, None, None] * given["arriving"][area]
        bearing = given["draw_bearing"][year][:, None] * given["bearing"][area]
        people, born, died = year_of(people, given["dying"][area] * factors[year],
                                     given["leaving"][area], arriving, bearing)
        births, deaths = births + born.sum(), deaths + died
        if keep is not None:
            keep[year] = people
    return people.sum(), births, deaths


def factors_of(given, draws):
    """What the draws make of the chance of dying: [year][draw][sex][age]."""
    return np.exp(given["index"][:, :draws, None, None] * given["response"])


def ensemble(given, areas, factors):
    """W2: nothing kept."""
    return np.sum([draws_of(given, area, factors) for area in range(areas)], axis=0)


def quantiles(given, factors, keep):
    """W2 of one area with five exact quantiles of each cell and year; their sum as a check."""
    sums = draws_of(given, 0, factors, keep)
    found = np.quantile(keep, QUANTILES, axis=1)
    return found.sum(), sums[1], sums[2]


def year_of_nation(given, people, factors):
    """The areas exchange people through a pool for each sex and age. People are [draw][area]..."""
    pool = (people * given["leaving"]).sum(1, keepdims=True)
    arrived = pool * given["share"]
    arriving = np.zeros_like(arrived)
    arriving[..., 1:] = arrived[..., :-1]
    arriving[..., -1] += arrived[..., -1]
    return year_of(people, given["dying"] * factors[:, None], given["leaving"], arriving,
                   given["bearing"])


def nation(given, draws, factors):
    """W4: nothing kept."""
    people = np.broadcast_to(given["persons"], (draws, AREAS, SEXES, AGES))
    births, deaths = 0.0, 0.0
    for year in range(YEARS):
        people, born, died = year_of_nation(given, people, factors[year])
        births, deaths = births + born.sum(), deaths + died
    return people.sum(), births, deaths


def nation_quantiles(given, factors, people):
    """W4 with five exact quantiles of each cell and year. Draws pass in blocks that caches hold."""
    people[:] = given["persons"]
    found, births, deaths = 0.0, 0.0, 0.0
    for year in range(QUANTILE_YEARS):
        for first in range(0, DRAWS, 20):
            block = slice(first, first + 20)
            people[block], born, died = year_of_nation(given, people[block], factors[year, block])
            births, deaths = births + born.sum(), deaths + died
        found += np.quantile(people, QUANTILES, axis=0).sum()
    return found, births, deaths


def measured(work, cell_years, repetitions):
    work()  # finds cold caches
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        persons, births, deaths = work()
        times.append(time.process_time() - start)
    return {"seconds": statistics.median(times), "cell_years": cell_years,
            "persons": float(persons), "births": float(births), "deaths": float(deaths)}


def main():
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    given = inputs.make()
    cells = ROWS * YEARS
    # Not counted, since they serve all areas; ours are.
    factors, keep = factors_of(given, DRAWS), np.empty((YEARS, DRAWS, SEXES, AGES))
    of_nation = np.ascontiguousarray(factors[:, :16])
    people = np.empty((DRAWS, AREAS, SEXES, AGES))
    json.dump({
        "W1": measured(lambda: one_projection(given), AREAS * cells, 5 * repetitions),
        "W2": measured(lambda: ensemble(given, 5, factors), 5 * cells * DRAWS, repetitions),
        "W2 quantiles": measured(lambda: quantiles(given, factors, keep), cells * DRAWS, repetitions),
        "W4": measured(lambda: nation(given, 16, of_nation), AREAS * cells * 16, repetitions),
        "W4 quantiles": measured(lambda: nation_quantiles(given, factors, people),
                                 AREAS * ROWS * QUANTILE_YEARS * DRAWS, repetitions),
    }, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
