#!/usr/bin/env python3
"""Judges the launches of the 21 counties by what happened, beside naive forecasts. Needs python3-h5py.

usage: hindcast.py FOLDER [CODE+CODE]     where FOLDER holds counties-1990.h5 ... counties-2010.h5 and, for
                                          coverage, counties-1990-draws.h5 ... with every draw of persons

Writes a Markdown table: by launch, year and age group the mean absolute percentage error over the counties
(MAPE; the least in bold) and in parentheses the mean percentage error (MALPE, the bias) of Kohort and of
three naive forecasts, each of which looks back as far as it looks ahead:
  no change     the age group as it was at the launch;
  linear        it grows by as many persons as in the years before;
  cohort ratios Hamilton & Perry (1962), J. Amer. Inst. Planners 28(2): each birth cohort changes in the
                proportion in which the one before it did; children by the ratio to women of childbearing age
                at the launch (Smith, Tayman & Swanson 2013, ch. 7).
Where there are draws, coverage is the share of counties whose count of the age group lies within the interval
between quantiles of the draws' sums. A second table has the means over the launches: coverage, beside it how
far the outcome was off (root mean square) and how far the draws are (their standard deviation), in per cent
of the outcome. CODE+CODE judges two counties as one, such as 03+19, between which a border moved.
"""
import csv
import pathlib
import sys

import h5py
import numpy as np

TABLES = pathlib.Path(__file__).resolve().parent / "data"
LAUNCHES = {1990: (1995, 2000), 1995: (2000, 2005), 2000: (2005, 2010), 2005: (2010, 2015),
            2010: (2015, 2019)}
GROUPS = {"0-19": slice(0, 20), "20-64": slice(20, 65), "65-79": slice(65, 80),
          "80+": slice(80, None), "total": slice(0, None)}
INTERVALS = {80: (0.1, 0.9), 95: (0.025, 0.975)}
OPEN = 90  # cohort ratios are not taken above: in small counties nobody may be alive
FEMALE, AGES = 0, 101


def observed():
    """Year -> persons[county, sex, age], from the tables that the scenarios use; and the counties."""
    counties = [row["area"] for row in rows("counties.csv")]
    stocks = {}
    for name, column in (("population_county.csv", "county"),
                         ("population_municipality_2019.csv", "area")):
        for row in rows(name):
            stock = stocks.setdefault(int(row["year"]), np.zeros((len(counties), 2, AGES)))
            county = counties.index(row[column][:2])  # a municipality's code begins with its county's
            stock[county, int(row["sex"] == "male"), int(row["age"])] += float(row["persons"])
    return stocks, counties


def rows(name):
    with open(TABLES / name, encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def by_group(stock):
    """persons[county, sex, age] -> persons[county, group]"""
    return np.stack([stock[..., ages].sum((-1, -2)) for ages in GROUPS.values()], -1)


def no_change(now, before, years):
    return by_group(now)


def linear(now, before, years):
    return 2 * by_group(now) - by_group(before)


def cohort_ratios(now, before, years):
    later = np.zeros_like(now)
    later[..., years:OPEN] = now[..., :OPEN - years] * (now[..., years:OPEN] /
                                                        before[..., :OPEN - years])
    later[..., OPEN] = (now[..., OPEN - years:].sum(-1) * now[..., OPEN:].sum(-1) /
                        before[..., OPEN - years:].sum(-1))
    for ages, mothers in ((slice(0, 5), slice(15, 45)), (slice(5, years), slice(20, 50))):
        women = [stock[:, FEMALE, mothers].sum(-1) for stock in (later, now)]
        later[..., ages] = now[..., ages] * (women[0] / women[1])[:, None, None]
    return by_group(later)


NAIVE = {"no change": no_change, "linear": linear, "cohort ratios": cohort_ratios}


def errors(forecast, truth):
    """Per cent, MAPE and MALPE by group."""
    error = 100 * (forecast / truth - 1)
    return np.abs(error).mean(0), error.mean(0)


def cells(judged, group):
    """The errors of every forecast of an age group, as cells of a table."""
    least = min(f"{mape[group]:5.2f}" for mape, _ in judged)
    for mape, malpe in judged:
        text = f"{mape[group]:.2f}"
        yield f"{f'**{text}**' if text == least.strip() else text} ({malpe[group]:+.2f}) |"


class Coverage:
    """How often outcomes lie within the intervals of an ensemble."""

    def __init__(self, file, pair):
        self.pair = pair
        self.result = h5py.File(file) if file.exists() else None
        self.seen = []  # (years ahead, {interval: hits}, squared errors, variances), each by group

    def judge(self, ahead, year, truth):
        """Interval -> per cent of counties by group; empty where there are no draws."""
        if self.result is None:
            return {}
        at = year - self.result["year"][0]
        draws = np.moveaxis(self.result["population/persons_draws"][:, at].astype(float), 0, 1)
        sums = by_group(joined(draws, self.pair))  # [county, draw, group]
        truth = by_group(truth)
        hits = {}
        for percent, shares in INTERVALS.items():
            low, high = np.quantile(sums, shares, axis=1)
            hits[percent] = ((low <= truth) & (truth <= high)).mean(0)
        errors_squared = ((sums.mean(1) / truth - 1) ** 2).mean(0)
        self.seen.append((ahead, hits, errors_squared, (sums.std(1) / truth) ** 2))
        return {percent: 100 * share for percent, share in hits.items()}


def print_means(judged):
    """The second table: means over the launches, by years ahead and age group."""
    print("\n| years ahead | ages | coverage 80 % | coverage 95 % | off, root mean square | "
          "standard deviation of draws |")
    print("|---" * 2 + "|--:" * 4 + "|")
    for label, chosen in (("5", (5,)), ("9 or 10", (9, 10))):
        of_label = [one for one in judged if one[0] in chosen]
        for at, group in enumerate(GROUPS):
            shares = [100 * np.mean([hits[percent][at] for _, hits, _, _ in of_label])
                      for percent in INTERVALS]
            off, drawn = (100 * np.sqrt(np.mean([one[which][..., at] for one in of_label]))
                          for which in (2, 3))
            print(f"| {label} | {group} |", *(f"{share:.0f} |" for share in shares),
                  f"{off:.2f} | {drawn:.2f} |")


def joined(stock, pair):
    """Takes two counties together; leaves all as they are where there is no pair."""
    if not pair:
        return stock
    together = np.delete(stock, pair[1], 0)
    together[pair[0]] += stock[pair[1]]
    return together


def main():
    folder = pathlib.Path(sys.argv[1])
    stocks, counties = observed()
    pair = sorted(counties.index(code) for code in sys.argv[2].split("+")) if sys.argv[2:] else []
    names = ["Kohort", *NAIVE, *(f"coverage {percent} %" for percent in INTERVALS)]
    print("| launch | judged | ages |", *(f"{name} |" for name in names))
    print("|---" * 3 + "|--:" * len(names) + "|")
    judged_draws = []
    for launch, years in LAUNCHES.items():
        ensemble = Coverage(folder / f"counties-{launch}-draws.h5", pair)
        with h5py.File(folder / f"counties-{launch}.h5") as result:
            if [code.decode() for code in result["area"][:]] != counties:
                sys.exit(f"the areas of {result.filename} are not those of counties.csv")
            for year in years:
                ahead = year - launch
                persons = result["population/persons"][year - result["year"][0]]
                now, before, truth = (joined(stocks[t], pair) for t in (launch, launch - ahead, year))
                judged = [errors(by_group(joined(persons, pair)), by_group(truth))]
                judged += [errors(forecast(now, before, ahead), by_group(truth))
                           for forecast in NAIVE.values()]
                covered = ensemble.judge(ahead, year, truth)
                for at, group in enumerate(GROUPS):
                    print(f"| {launch} | {year} | {group} |", *cells(judged, at),
                          *(f"{covered[p][at]:.0f} |" if p in covered else "|" for p in INTERVALS))
        judged_draws += ensemble.seen
    if judged_draws:
        print_means(judged_draws)


if __name__ == "__main__":
    main()
