#!/usr/bin/env python3
"""Draws the picture of the README from a result of reference.toml. Needs python3-matplotlib.

usage: picture.py RESULT.h5 PICTURE.svg
"""
import sys

import matplotlib
import xarray

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "kohort", "font.family": "DejaVu Sans", "font.size": 9})
import matplotlib.pyplot as plt  # noqa: E402  (after the backend is chosen)

BLUE, ORANGE, GREY = "#2f6690", "#d98032", "#8a8a8a"


def pyramid(axes, county):
    """Women to the right, men to the left; the base year as an outline."""
    first, last = county["year"].values[[0, -1]]
    ages = county["age"].values
    for sex, sign, colour in (("female", 1, ORANGE), ("male", -1, BLUE)):
        persons = county.sel(sex=sex)
        axes.barh(ages, sign * persons.sel(year=last), height=1.0, color=colour, alpha=0.75, linewidth=0)
        axes.step(sign * persons.sel(year=first), ages + 0.5, color="black", linewidth=0.9)
        axes.text(sign * 2150, 97, {"female": "women", "male": "men"}[sex], color=colour,
                  ha="center", weight="bold")
    axes.set_title(f"Örebro county by age: {first} (line), {last} (bars)", loc="left")
    axes.set_xlim(-2700, 2700)
    axes.set_ylim(0, 101)
    axes.set_xticks([-2000, -1000, 0, 1000, 2000], ["2000", "1000", "0", "1000", "2000"])
    axes.set_ylabel("age")
    axes.set_xlabel("persons per year of age")


def oldest(axes, old, names):
    """Persons of 80 and over in each municipality, at the start and at the end."""
    first, last = old["year"].values[[0, -1]]
    change = (old.sel(year=last) / old.sel(year=first) - 1).values * 100
    order = change.argsort()
    for row, area in enumerate(order):
        axes.barh(row, change[area], color=BLUE, height=0.65, alpha=0.85)
        start, end = (float(old.sel(year=year)[area]) for year in (first, last))
        axes.text(change[area] + 2, row, f"{start:.0f} → {end:.0f}", va="center", color=GREY,
                  fontsize=8)
    axes.set_yticks(range(len(order)), [names[area] for area in order])
    axes.set_title(f"People aged 80 and over, {first} to {last}", loc="left")
    axes.set_xlabel("change, per cent")
    axes.set_xlim(0, max(change) * 1.35)


def main():
    root = xarray.open_dataset(sys.argv[1])
    persons = xarray.open_dataset(sys.argv[1], group="population")["persons"]
    persons = persons.assign_coords({name: root[name] for name in persons.dims})
    own = persons[:, (root["area_kind"] == "area").values]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.6), width_ratios=(1.05, 1))
    pyramid(left, own.sum("area"))
    oldest(right, own.sel(age=slice(80, None)).sum(("sex", "age")),
           [str(name) for name in root["area_name"].values])
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(sys.argv[2], metadata={"Date": None})


if __name__ == "__main__":
    main()
