#!/usr/bin/env python3
"""The need of staff in elder care 2021-2031 by the model, beside what SKR published.

usage: workforce_need.py RESULT

RESULT: of workforce-need-2021.toml. Prints the table that stands in models/workforce/README.md.
"""
import csv
import pathlib
import sys

import xarray

FIRST_YEAR = 2021
PUBLISHED = pathlib.Path(__file__).parent / "data" / "workforce_need_sweden.csv"


def sums(flows, name):
    """Heads by occupation from the end of the first year to the end of the last."""
    return flows[name].sel(flow_year=slice(FIRST_YEAR + 1, None)).sum(("flow_year", "area"))


def reckoned(result):
    root = xarray.open_dataset(result)
    flows = xarray.open_dataset(result, group="workforce").assign_coords(root.coords)
    growth = sums(flows, "recruitment_growth")
    retired = sums(flows, "recruitment_for_retirement")
    recruits = growth + retired

    def of(table, occupation):
        return float(table.sel(occupation=occupation))

    return {
        "elder_care_staff_increase": float(growth.sum()),
        "elder_care_total_recruitment": float(recruits.sum()),
        "assistant_nurse_need_increase": of(growth, "assistant_nurse"),
        "assistant_nurse_retirements": of(retired, "assistant_nurse"),
        "assistant_nurse_recruitment": of(recruits, "assistant_nurse"),
        "care_aide_recruitment": of(recruits, "care_assistant"),
        "registered_nurse_recruitment": of(recruits, "nurse"),
    }


NAMES = {
    "elder_care_staff_increase": "more staff, all occupations",
    "elder_care_total_recruitment": "to recruit, all occupations",
    "assistant_nurse_need_increase": "more assistant nurses",
    "assistant_nurse_retirements": "assistant nurses who retire",
    "assistant_nurse_recruitment": "assistant nurses to recruit",
    "care_aide_recruitment": "care assistants to recruit",
    "registered_nurse_recruitment": "nurses to recruit",
}


def spaced(number):
    return f"{number:,.0f}".replace(",", " ")


def main():
    with open(PUBLISHED, encoding="utf-8") as table:
        published = {row["indicator"]: float(row["persons"]) for row in csv.DictReader(table)}
    print("| persons, 2021-2031 | SKR | the model | difference |")
    print("|---|---:|---:|---:|")
    for indicator, ours in reckoned(sys.argv[1]).items():
        theirs = published[indicator]
        rounded = round(ours, -2)
        print(f"| {NAMES[indicator]} | {spaced(theirs)} | {spaced(rounded)} | {ours / theirs - 1:+.0%} |")


if __name__ == "__main__":
    main()
