#!/usr/bin/env python3
"""Writes what `kohort hindcast FILE --format json` prints as Markdown tables.

usage: hindcast_table.py FILE.json

Of several areas: for each launch, year and age group the mean absolute percentage error over the areas of
each method (MAPE; the least in bold) and in parentheses the mean percentage error (MALPE, the bias), and of
the first method that has draws the coverage of its intervals. Of a single area: the percentage error of each
method by age group.
"""
import json
import sys

COVERAGE = {"coverage_80": "coverage 80 %", "coverage_95": "coverage 95 %"}


def blocks_of(comparisons):
    """Comparisons of one thing that is judged from one launch, without statements of direction."""
    blocks = {}
    for one in comparisons:
        if one["quantities"] and one["quantities"][0]["since"] is None:
            blocks.setdefault((one["standard"], one["launch"]), []).append(one)
    return blocks


def heading(cells, texts):
    print("| " + " | ".join(cells) + " |")
    print("|---" * texts + "|--:" * (len(cells) - texts) + "|")


def measures_of(comparison):
    """(year, ages) -> measure -> value, of both sexes together."""
    found = {}
    for one in comparison["quantities"][0]["measures"]:
        if one["sex"] == "both":
            found.setdefault((one["year"], one["ages"]), {})[one["measure"]] = one["value"]
    return found


def print_errors(blocks):
    methods = list(dict.fromkeys(one["result"] for block in blocks.values() for one in block))
    drawn = any("coverage_80" in of_cell for block in blocks.values() for one in block
                for of_cell in measures_of(one).values())
    heading(["judged", "launch", "year", "ages", *methods, *(COVERAGE.values() if drawn else ())], 4)
    for (standard, launch), block in blocks.items():
        judged = {one["result"]: measures_of(one) for one in block}
        for year, ages in next(iter(judged.values())):
            row = {method: of_method[year, ages] for method, of_method in judged.items()
                   if "mape" in of_method.get((year, ages), {})}
            least = min(f"{values['mape']:8.2f}" for values in row.values())
            cells = []
            for method in methods:
                if method not in row:
                    cells.append("")
                    continue
                text = f"{row[method]['mape']:.2f}"
                bold = f"**{text}**" if text == least.strip() else text
                cells.append(f"{bold} ({row[method]['malpe']:+.2f})")
            if drawn:
                with_draws = [values for values in row.values() if "coverage_80" in values]
                cells += [f"{with_draws[0][name]:.0f}" if with_draws else "" for name in COVERAGE]
            print("| " + " | ".join([standard, str(launch), str(year), ages, *cells]) + " |")


def print_ages(standard, launch, block):
    methods = [one["result"] for one in block]
    errors = {one["result"]: {(row["year"], row["ages"]): row["percent"]
                              for row in one["quantities"][0]["figures"] if row["sex"] == "both"}
              for one in block}
    print(f"\n{standard}, launched {launch}:\n")
    heading(["year", "ages", *methods], 2)
    for year, ages in errors[methods[0]]:
        cells = [f"{errors[method][year, ages]:+.2f}" if (year, ages) in errors[method] else ""
                 for method in methods]
        print("| " + " | ".join([str(year), ages, *cells]) + " |")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        blocks = blocks_of(json.load(file)["comparisons"])
    several = {}
    for key, block in blocks.items():
        areas = {row["area"] for row in block[0]["quantities"][0]["figures"]}
        if len(areas) > 1:
            several[key] = block
    if several:
        print_errors(several)
    for (standard, launch), block in blocks.items():
        if (standard, launch) not in several:
            print_ages(standard, launch, block)


if __name__ == "__main__":
    main()
