#!/usr/bin/env python3
"""What each strategy changes in a year, beside the base. Needs python3-h5py.

usage: table.py FOLDER [YEAR]      where FOLDER holds base.h5 and one result NAME.h5 for each scenario NAME.toml

Prints the Markdown table of README.md: means over the draws, of the county, as differences from the base.
"""
import pathlib
import sys

import h5py

PLACE = "county"
OCCUPATIONS = ("assistant_nurse", "care_assistant", "nurse")


class Result:
    """The sums of one result for the county and the year."""

    def __init__(self, file, year):
        self.file = h5py.File(file, "r")
        self.year = year
        kinds = zip(self.labels("area"), self.labels("area_kind"))
        self.municipalities = [code for code, kind in kinds if kind == "area"]

    def labels(self, scale):
        return [text.decode() for text in self.file[scale][:]]

    def of(self, name, kind, place=PLACE):
        """The figure of one kind of a variable, of all ages and both sexes, in a place."""
        data = self.file["summary/" + name]
        scales = [data.dims[axis][0].name.lstrip("/") for axis in range(len(data.shape))]
        wanted = {"summary_area": place, "summary_age": "all", "summary_sex": "both"}
        index = [list(self.file[scales[0]][:]).index(self.year)]
        index += [self.labels(scale).index(wanted.get(scale, kind)) for scale in scales[1:]]
        return float(data[tuple(index)])

    def missing(self, occupation):
        """Posts that are missing where they are: what others have to spare fills no gap."""
        gaps = [self.of("workforce/gap_fte", occupation, code) for code in self.municipalities]
        return sum(max(0.0, gap) for gap in gaps)

    def row(self):
        services = self.labels("service")
        figures = {
            "home care, hours": self.of("care/volume", "home_care"),
            "special housing, places": self.of("care/volume", "special_housing"),
            "hospital, days": self.of("care/volume", "hospital_days"),
            "cost, million SEK": sum(self.of("care/cost", service) for service in services) / 1e6,
        }
        for occupation in OCCUPATIONS:
            figures[f"missing: {occupation.replace('_', ' ')}s"] = self.missing(occupation)
            figures[f"net: {occupation.replace('_', ' ')}s"] = self.of("workforce/gap_fte", occupation)
        figures["vulnerable children"] = self.of("welfare/persons", "children_in_vulnerable_households")
        return figures


def spaced(number):
    return f"{number:,.0f}".replace(",", " ")


def cell(name, figure, base):
    """A difference: volumes in per cent, kronor, posts and people as they are."""
    in_per_cent = name.startswith(("home care", "special housing", "hospital"))
    text = f"{100 * (figure / base - 1):+.1f} %" if in_per_cent else f"{figure - base:+.0f}"
    return "0" if float(text.rstrip(" %")) == 0 else text


def main():
    folder = pathlib.Path(sys.argv[1])
    year = int(sys.argv[2]) if len(sys.argv) > 2 else 2030
    base = Result(folder / "base.h5", year).row()
    print(f"| {year} | " + " | ".join(base) + " |")
    print("|---|" + "---:|" * len(base))
    print("| base | " + " | ".join(spaced(figure) for figure in base.values()) + " |")
    for file in sorted(folder.glob("*.h5")):
        if file.stem == "base":
            continue
        row = Result(file, year).row()
        print(f"| {file.stem} | " + " | ".join(cell(name, row[name], base[name]) for name in base) + " |")


if __name__ == "__main__":
    main()
