#!/usr/bin/env python3
"""Writes the input tables of the municipalities as launched in 2000 and 2005, in launches/.

usage: retabulate_launches.py DATA [TABLES]   where DATA is the folder ../shared/data and TABLES the folder
                                              to write to, by default launches/ beside this script

What was not counted is estimated from what was known at the launch. A municipality that was parted from
another has its first known share of both together in all years before, so that the border does not look
like migration. Emigrants of the nation are those whom the rates of Linköping by single ages take from it.
"""
import collections
import csv
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
TABLES = FOLDER / "launches"
SCB = "Statistics Sweden (SCB), Statistical Database"
CC0 = "CC0 (SCB open data)"
PARTED = {"0140": "0181", "0330": "0380"}  # Nykvarn from Södertälje (1999), Knivsta from Uppsala (2002)
LAUNCHES = {2000: 1995, 2005: 1995}        # and the first year that its history needs


def read(path):
    with open(path, encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def write(name, header, rows, **card):
    with open(TABLES / f"{name}.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    with open(TABLES / f"{name}.card.toml", "w", encoding="utf-8") as stream:
        for key, value in card.items():
            stream.write(f"{key} = {value}\n" if isinstance(value, int) else f'{key} = "{value}"\n')


def totals():
    return {(int(row["year"]), row["area"]): int(row["persons"])
            for row in read(FOLDER / "data" / "population_municipality.csv")}


def carried_back(persons, launch):
    """By the borders of the launch: parts in the years before they were there, parents without them."""
    known = {key: value for key, value in persons.items() if key[0] <= launch}
    for part, parent in PARTED.items():
        years = [year for year, area in known if area == part]
        if not years:
            continue
        first = min(years)
        share = known[first, part] / (known[first, part] + known[first, parent])
        for year in range(LAUNCHES[launch], first):
            of_part = round(share * known[year, parent])
            known[year, part] = of_part
            known[year, parent] -= of_part
    return known


def write_totals():
    for launch, first in LAUNCHES.items():
        rows = [[year, area, value]
                for (year, area), value in sorted(carried_back(totals(), launch).items())
                if year >= first]
        write(f"population_municipality_{first}_{launch}", ["year", "area", "persons"], rows,
              title=f"Population on 31 December by municipality, all ages, {first}-{launch}, by the borders of {launch}",
              unit="persons", basis="estimated", known_from=launch, source=f"{SCB}, table BE0101N1",
              licence=CC0,
              note="counted; but a municipality that was parted from another later has its first known share "
                   "of both in the years before: an estimate")


def write_areas():
    rows = [[row["area"], row["name"], row["county"]]
            for row in read(FOLDER / "launches" / "municipalities_before_2007.csv")
            if row["area"] != "0330"]
    write("municipalities_before_2002", ["area", "name", "county"], rows,
          title="The municipalities of Sweden until 2001: Knivsta (0330) is a part of Uppsala, Heby (0331 by its "
                "code of 2007) in the county of Västmanland",
          basis="observed", known_from=2000, source="Statistics Sweden (SCB): municipalities and counties",
          licence=CC0)


def write_moves_totals():
    """Without Knivsta, which the source lists with 0 moves in the years before it was there."""
    write("moves_totals_1995_2000", ["year", "area", "in_total", "in_suppressed"],
          [list(row.values()) for row in read(FOLDER / "data" / "moves_totals.csv")
           if int(row["year"]) <= 2000 and row["area"] != "0330"],
          title="In-moves of each municipality from all others, and of these from origins whose cell is "
                "suppressed, 1995-2000",
          unit="moves", basis="observed", known_from="year",
          source=f"{SCB}, table BE0101R9, by way of AndersBergquist/RU_Modellen", licence=CC0)


def write_uppsala():
    persons = totals()
    write("population_uppsala_with_knivsta", ["year", "area", "persons"],
          [[2010, "0380", persons[2010, "0380"] + persons[2010, "0330"]]],
          title="Population of Uppsala and Knivsta on 31 December 2010, which were one municipality in 2000",
          unit="persons", basis="observed", known_from="year", source=f"{SCB}, table BE0101N1", licence=CC0)


def by_age(rows, *values):
    table = collections.Counter()
    for row in rows:
        table[int(row["year"]), int(row["age"])] += sum(int(row[value] or 0) for value in values)
    return table


def write_emigrants(data):
    city = data / "linkoping"
    emigrants = by_age(read(city / "linkoping_0580_migration_domestic_foreign_1968_2015.csv"), "out_foreign")
    there = by_age(read(city / "linkoping_0580_components_1968_2015.csv"), "population_31dec")
    nation = by_age(read(data / "population_county" / "population_county_age_sex_1968_2015.csv"), "population")
    rows = []
    for year in range(1996, 2001):
        expected = 0.0
        for age in range(101):  # attained at the year's end
            at = (year, 0) if age == 0 else (year - 1, age - 1)
            expected += emigrants[year, age] / there[at] * nation[at] if there[at] else 0.0
        rows.append([year, round(expected)])
    write("international_migration_1996_2000", ["year", "emigrants"], rows,
          title="Emigrants of Sweden 1996-2000", unit="persons", basis="estimated", known_from="year",
          source="registers of Statistics Sweden compiled by Linköping municipality; stocks of the counties",
          licence=CC0,
          note="the nation's people at Linköping's rates of emigration by single ages: an estimate; the national "
               "totals of these years are not among the project's data")


def main(data):
    write_totals()
    write_areas()
    write_moves_totals()
    write_uppsala()
    write_emigrants(data)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        TABLES = pathlib.Path(sys.argv[2])
    main(pathlib.Path(sys.argv[1]))
