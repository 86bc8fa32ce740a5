#!/usr/bin/env python3
"""Writes the tables of published forecasts and of what happened, and their cards, from the figures as they
were collected: what `kohort compare --reference` holds results against.

usage: retabulate_forecasts.py DATA [TABLES]   where DATA is the folder ../shared/data and TABLES the folder
                                               to write to, by default data/ beside this script

Only the arrangement of the figures changes, except where a card says `estimated`. When a forecast was made
stands in the column `vintage`. Area 00 is Sweden, 18 is Örebro county.
"""
import collections
import decimal
import pathlib
import sys

import retabulate
from retabulate import CC0, OREBRO, SCB, read, write

PERSONS = "population/persons"
GROWING = ("1814", "1880", "1881")  # Lekeberg, Örebro, Kumla
FOUNDING = "Regionförbundet Örebro, founding document of the programme, 2012"
HEADER = ["vintage", "variable", "year", "area", "ages", "sex", "value"]


def number(text):
    """Plain digits, without digits that say nothing."""
    plain = f"{decimal.Decimal(text):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def thousands(text):
    return number(decimal.Decimal(text) * 1000)


def scb_2012(folder):
    rows = [[2012, PERSONS, r["year"], r["area_code"], r["age_group"], "both", thousands(r["value"])]
            for r in read(folder / "scb2012_sweden_65plus_by_age.csv")
            if r["indicator"] == "population_forecast" and "derived" not in r["note"]]
    write("forecast_scb_2012", HEADER, rows,
          title="Population of Sweden aged 65 and over on 31 December 2012-2020, as forecast in 2012 from "
                "the population of 2011",
          unit="persons", basis="assumed", known_from=2012, age_definition="end_of_year",
          source="Statistics Sweden (SCB), Sveriges framtida befolkning 2012-2060 (Demografiska rapporter "
                 "2012:2), table T.9a", licence=CC0,
          note="published in thousands with one decimal. The source has the population of 2000-2011 too, "
               "which is left out here: it is no forecast")


def first_age(ages):
    """Of "15-19" 15, of "80+" 80, of "all" before every other."""
    return -1 if ages == "all" else int(ages.rstrip("+").split("-")[0])


def at_end_of_years(figures):
    """31 December of a year within half a year of a figure of 1 July: nine tenths of the nearer one."""
    nine, one = decimal.Decimal("0.9"), decimal.Decimal("0.1")
    for year in sorted(figures):
        if year + 5 in figures:
            yield year, nine * figures[year] + one * figures[year + 5]
        if year - 5 in figures:
            yield year - 1, nine * figures[year] + one * figures[year - 5]


def united_nations(data):
    by_cell = collections.defaultdict(dict)
    for r in read(data / "national_rates" / "un_wpp_sweden_2010_2012_2019.csv"):
        if (r["variable"] == "population_thousand" and r["vintage"] in ("WPP2010", "WPP2012")
                and r["variant"] in ("estimate", "medium") and r["period_start"] in ("2010", "2015", "2020", "2025")):
            cell = int(r["vintage"][3:]), r["sex"], r["age"]
            by_cell[cell][int(r["period_start"])] = decimal.Decimal(r["value"]) * 1000
    rows = [[vintage, PERSONS, year, "00", ages, sex, number(value.quantize(decimal.Decimal("0.01")))]
            for (vintage, sex, ages), figures in by_cell.items()
            for year, value in at_end_of_years(figures) if year <= 2020]
    rows.sort(key=lambda row: (row[0], row[2], row[5], first_age(row[4])))
    write("forecast_un", HEADER, rows,
          title="Population of Sweden by sex and age on 31 December, by the medium variants of the United "
                "Nations of 2010 and 2012",
          unit="persons", basis="estimated", known_from=2012, age_definition="end_of_year",
          source="United Nations, Department of Economic and Social Affairs, Population Division, World "
                 "Population Prospects, the 2010 and 2012 revisions, by way of the R packages wpp2010 and "
                 "wpp2012",
          licence="CC BY 3.0 IGO, United Nations",
          note="published for 1 July of every fifth year: 31 December 2010 is nine tenths of 2010 and one "
               "tenth of 2015, 31 December 2014 the reverse, and so on; years in between are left out. Each "
               "row known from its vintage")


def orebro_2015(folder):
    published = {int(r["year"]): decimal.Decimal(r["value"])
                 for r in read(folder / "published_forecasts.csv")
                 if r["area_code"] == "1880" and r["indicator"] == "population_total"
                 and "Befolkningsprognos 2015" in r["source"]}
    first, last = min(published), max(published)
    rows = []
    for year in range(first + 1, last + 1):
        value = published[first] + (published[last] - published[first]) * (year - first) / (last - first)
        rows.append([2015, PERSONS, year, "1880", "all", "both", number(value.quantize(decimal.Decimal("1"))),
                     "published" if year in published else "linear from the population of 2014"])
    write("forecast_orebro_2015", HEADER + ["note"], rows,
          title="Population of the municipality of Örebro on 31 December, as the municipality forecast it in "
                "2015",
          unit="persons", basis="estimated", known_from=2015, age_definition="end_of_year",
          source="Örebro kommun, Befolkningsprognos 2015-2024", licence="facts quoted with their source",
          note="published are 142 618 of 2014, which had been counted, and just under 163 000 for 2024, at "
               "about 2000 a year; the years between lie on the line through the two. The forecast also says "
               "450 a year more aged 65 and over, and 380 aged 6-15")


def founding(folder):
    """What the programme said in words and one number."""
    said = {r["indicator"]: r for r in read(folder / "published_forecasts.csv")}
    if "Örebro, Kumla and Lekeberg grow" not in said["direction_total_population"]["note"]:
        raise ValueError("the founding document names other municipalities that grow")
    write("forecast_founding_2012_directions",
          ["vintage", "variable", "since", "year", "area", "ages", "sex", "direction"],
          [[2012, PERSONS, 2010, 2020, area, "all", "both", "grows" if area in GROWING else "falls"]
           for area in OREBRO],
          title="Whether the population of the municipalities of Örebro county grows or falls from 2010 to "
                "2020, as stated in 2012",
          unit="1", basis="assumed", known_from=2012, source=FOUNDING, licence="facts quoted with their source",
          note="no numbers were published: the population falls in most municipalities to 2020; Örebro, Kumla "
               "and Lekeberg grow. That it also says the shares of children and of those aged 20-30 fall is "
               "left out, as a result has no such shares")
    write("forecast_founding_2012_pensioners",
          ["vintage", "variable", "since", "year", "area", "ages", "sex", "value"],
          [[2012, PERSONS, 2010, said["pensioners_20_years"]["year"], "18", "65+", "both",
            said["pensioners_20_years"]["value"]]],
          title="How many more people aged 65 and over Örebro county has in 2030 than in 2010, as stated in "
                "2012",
          unit="persons", basis="assumed", known_from=2012, age_definition="end_of_year", source=FOUNDING,
          licence="facts quoted with their source",
          note="20 000 more pensioners in twenty years: taken from 2010, the year of the latest figures then")


def outturns(folder):
    rows = [[PERSONS, r["year"], r["area_code"], r["age_group"], "both", r["value"]]
            for r in read(folder / "outturn_population.csv")
            if r["indicator"] == "population_outturn" and "drygt" not in r["note"]]
    rows.sort(key=lambda row: (row[1], row[2], first_age(row[3])))
    write("outturns_orebro", HEADER[1:], rows,
          title="Population on 31 December of the municipalities of Örebro county, of the county (18) and of "
                "Sweden (00), by broad age 2018 and 2020, in all 2004 and 2021",
          unit="persons", basis="observed", known_from="year", age_definition="end_of_year",
          source=f"{SCB}, by way of Regionfakta Örebro län; 2004 of Sveriges Radio, 2021 of utryckning.se",
          licence=CC0,
          note="2004 agrees with the series of Statistics Sweden in all 12 municipalities")


def main():
    data = pathlib.Path(sys.argv[1])
    if len(sys.argv) > 2:
        retabulate.TABLES = pathlib.Path(sys.argv[2])
    folder = data / "forecasts"
    scb_2012(folder)
    united_nations(data)
    orebro_2015(folder)
    founding(folder)
    outturns(folder)


if __name__ == "__main__":
    main()
