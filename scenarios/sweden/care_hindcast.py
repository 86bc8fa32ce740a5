#!/usr/bin/env python3
"""Judges care-2010.toml by what was published of elder care since. Needs python3-h5py.

usage: care_hindcast.py FOLDER      where FOLDER holds care-2010-trend.h5 and care-2010-constant.h5, the second
                                    by care.method = "prevalence" and care.trend = "none"

Writes a Markdown table: the nation's shares and users of special housing and of home care, each within one
definition, or spliced at a year for which two of them were published; beside it what the
scenario and the constant rates say, with their errors in per cent of the outturn.
"""
import csv
import pathlib
import sys

import h5py

TABLES = pathlib.Path(__file__).resolve().parent / "data"
STATES = {"special_housing": ["special_housing"],
          "home_care": ["home_care_below_25", "home_care_25_or_more"]}
# What is judged: service, ages, sex, year, definition. A year that the definition lacks is spliced: the share by
# the later definition, times the ratio of both in the last year that both have.
LATER = "definition_2022"
SHARES = [("special_housing", "65+", "both", 2015, "series_2020"),
          ("special_housing", "65+", "both", 2019, "series_2020"),
          ("special_housing", "65+", "female", 2019, "series_2020"),
          ("special_housing", "65+", "male", 2019, "series_2020"),
          ("special_housing", "65+", "both", 2020, "series_2020"),
          ("special_housing", "80+", "both", 2014, "series_2016"),
          ("special_housing", "80+", "both", 2020, "series_2016"),
          ("home_care", "65+", "both", 2015, "series_2020"),
          ("home_care", "65+", "both", 2019, "series_2020"),
          ("home_care", "65+", "female", 2019, "series_2020"),
          ("home_care", "65+", "male", 2019, "series_2020"),
          ("home_care", "80+", "both", 2014, "series_2016")]
USERS = [("special_housing", "65+", "both", 2019, "cost_table_2022"),
         ("special_housing", "65+", "both", 2020, "cost_table_2022"),
         ("home_care", "80+", "both", 2014, "series_2016"),
         ("special_housing", "80+", "both", 2014, "series_2016")]


def published(name, value):
    with open(TABLES / name, encoding="utf-8") as stream:
        return {(row["service"], row["ages"], row["sex"], int(row["year"]), row["definition"]):
                float(row[value]) for row in csv.DictReader(stream)}


def outturn(known, service, ages, sex, year, definition):
    """As published, or spliced on at the last year in which the figure is published by both definitions."""
    if (service, ages, sex, year, definition) in known:
        return known[service, ages, sex, year, definition]
    overlap = max(y for *of, y, by in known
                  if (*of, by) == (service, ages, sex, definition) and y < year
                  and (*of, y, LATER) in known)
    ratio = known[service, ages, sex, overlap, definition] / known[service, ages, sex, overlap, LATER]
    return known[service, ages, sex, year, LATER] * ratio


class Result:
    """People by state of care, all counties together: [year, sex, age, state]."""

    def __init__(self, file):
        with h5py.File(file) as result:
            self.persons = result["care/persons"][:].sum(1)
            self.years = list(result["year"][:])
            self.sexes = [label.decode() for label in result["sex"][:]]
            self.states = [label.decode() for label in result["care_state"][:]]

    def users_and_people(self, service, ages, sex, year, _definition):
        people = self.persons[self.years.index(year), :, int(ages[:-1]):]
        if sex != "both":
            people = people[[self.sexes.index(sex)]]
        of_state = people.sum((0, 1))
        return (sum(of_state[self.states.index(state)] for state in STATES[service]),
                of_state.sum())


def main():
    folder = pathlib.Path(sys.argv[1])
    results = [Result(folder / f"care-2010-{name}.h5") for name in ("trend", "constant")]
    print("| what | ages | sex | year | outturn | with the trend | error | constant rates | error |")
    print("|---|---|---|---|---|---|---|---|---|")
    known = published("care_shares_sweden.csv", "share")
    for what in SHARES:
        figures = [users / people for users, people in (one.users_and_people(*what) for one in results)]
        write(what, f"{what[0]}, %", outturn(known, *what), figures, lambda share: f"{100 * share:.1f}")
    known = published("care_users_sweden.csv", "users")
    for what in USERS:
        figures = [one.users_and_people(*what)[0] for one in results]
        write(what, f"{what[0]}, users", known[what], figures, lambda users: f"{users:,.0f}".replace(",", " "))


def write(what, name, outturn, figures, show):
    cells = [name.replace("_", " "), what[1], what[2], str(what[3]), show(outturn)]
    for figure in figures:
        cells += [show(figure), f"{100 * (figure / outturn - 1):+.0f} %"]
    print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
