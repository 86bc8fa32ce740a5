#!/usr/bin/env python3
"""Writes the Swedish input tables and their cards from the figures as they were collected.

usage: retabulate.py DATA [TABLES]   where DATA is the folder ../shared/data and TABLES the folder to
                                     write to, by default data/ beside this script

Only the arrangement of the figures changes. The tables it wrote are part of the repository; run it
again when the figures change. The schedules in migration_schedules.csv are fitted, not tabulated: see
tests/population/linkoping_test.cpp.
"""
import collections
import csv
import pathlib
import sys

TABLES = pathlib.Path(__file__).resolve().parent / "data"
SCB = "Statistics Sweden (SCB), Statistical Database"
CC0 = "CC0 (SCB open data)"
OREBRO = ["1814", "1860", "1861", "1862", "1863", "1864", "1880", "1881", "1882", "1883", "1884",
          "1885"]


def read(path):
    with open(path, encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def write(name, header, rows, **card):
    """A table and its card: what the figures are, how good, from when, from whom."""
    with open(TABLES / f"{name}.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    write_card(name, **card)


def write_card(name, **card):
    with open(TABLES / f"{name}.card.toml", "w", encoding="utf-8") as stream:
        for key, value in card.items():
            stream.write(f"{key} = {value}\n" if isinstance(value, int) else f'{key} = "{value}"\n')


def areas(data):
    source = data / "population_municipality" / "municipalities.csv"
    write("municipalities", ["area", "name", "county"],
          [[r["municipality_code"], r["municipality_name"], r["county_code"]]
           for r in read(source)],
          title="The municipalities of Sweden", basis="observed", known_from=2007,
          source=f"{SCB}: municipalities and counties, as of 2007-2020", licence=CC0)


def counties(data):
    folder = data / "population_county"
    write("counties", ["area", "name", "county"],
          [[r["county_code"], r["county_name"], r["county_code"]]
           for r in read(folder / "counties.csv")],
          title="The counties of Sweden, each the only area of its own", basis="observed",
          source=f"{SCB}: counties (län), by the borders of 1998", licence=CC0,
          known_from=1968,
          note="codes and names, no figures. The source arranges the figures of every year by the "
               "borders of 1998, which nobody knew before: those of 1968-1997 are of the areas that "
               "make up the county since. Figures from 1998 on are of the counties of the time: Heby "
               "counts in Västmanland (19) until 2006, in Uppsala (03) from 2007 on")
    write("population_county", ["year", "county", "sex", "age", "persons"],
          [[r["year"], r["county_code"], r["sex"], r["age"], r["population"]]
           for r in read(folder / "population_county_age_sex_1968_2015.csv")],
          title="Population on 31 December by county, sex and age; 100 is 100+", unit="persons",
          basis="observed", known_from="year", age_definition="end_of_year",
          source=f"{SCB}, table BE0101N1, by way of StatisticsNZ/demdata", licence=CC0)
    write("deaths_county", ["year", "county", "sex", "age", "deaths"],
          [[r["year"], r["county_code"], r["sex"], r["age"], r["deaths"]]
           for r in read(folder / "deaths_county_age_sex_1968_2015.csv")],
          title="Deaths by county, sex and age at death; 100 is 100+; cells of 0 are left out",
          unit="persons", basis="observed", known_from="year", age_definition="at_event",
          source=f"{SCB}, table BE0101D9, by way of StatisticsNZ/demdata", licence=CC0)
    write("births_county", ["year", "county", "age", "sex", "births"],
          [[r["year"], r["county_code"], r["mother_age"], r["child_sex"], r["births"]]
           for r in read(folder / "births_county_mother_age_sex_1968_2015.csv")
           if r["mother_age"] != "unknown"],
          title="Live births by county, mother's age at the birth and sex of the child; 14 is under "
                "15, 49 is 49+; cells of 0 are left out",
          unit="live births", basis="observed", known_from="year", age_definition="at_event",
          source=f"{SCB}, table BE0101E2, by way of StatisticsNZ/demdata", licence=CC0,
          note="one birth by a mother of unknown age is left out")


def municipalities(data):
    folder = data / "population_municipality"
    write("population_municipality", ["year", "area", "persons"],
          [[r["year"], r["municipality_code"], r["population"]]
           for r in read(folder / "population_total_municipality_1968_2020.csv")],
          title="Population on 31 December by municipality, all ages; 2020 for the 12 of Örebro "
                "county alone",
          unit="persons", basis="observed", known_from="year",
          source=f"{SCB}, table BE0101N1; 2018-2020 also Regionfakta", licence=CC0)
    write("population_municipality_2019", ["year", "area", "sex", "age", "persons"],
          [[r["year"], r["municipality_code"], r["sex"], r["age"], r["population"]]
           for r in read(data / "population_municipality_2019" /
                         "population_municipality_age_sex_2019.csv")],
          title="Population on 31 December 2019 by municipality, sex and age; 100 is 100+",
          unit="persons", basis="observed", known_from=2019, age_definition="end_of_year",
          source=f"{SCB}, table BE0101, by way of vagdur/SCBHandlerPlotter", licence=CC0)
    write("components_orebro", ["year", "area", "natural_change", "net_migration"],
          [[r["year"], r["municipality_code"], r["natural_change"], r["net_migration"]]
           for r in read(folder / "orebro_components_of_change_1969_2015.csv")],
          title="Natural change and net migration (domestic and international) of the municipalities "
                "of Örebro county",
          unit="persons", basis="estimated", known_from="year",
          source=f"derived from rates per 1000 rounded to two decimals; {SCB}, tables TAB1211, "
                 "TAB1212, by way of aniisabihi/atlas290", licence=CC0)


def rest_of_sweden(data):
    """The stocks of all counties but Örebro, 2000-2015, as rows of the area `rest`."""
    stocks = collections.Counter()
    for r in read(data / "population_county" / "population_county_age_sex_1968_2015.csv"):
        if r["county_code"] != "18" and int(r["year"]) >= 2000:
            stocks[r["year"], r["sex"], int(r["age"])] += int(r["population"])
    return [[year, "rest", sex, age, persons] for (year, sex, age), persons in sorted(stocks.items())]


def orebro_stocks(data):
    folder = data / "population_municipality"
    rest = rest_of_sweden(data)
    for name, file, known, what in (
            ("population_orebro_margins", "margins_only", "year",
             "nothing later than the year itself"),
            ("population_orebro_cohorts", "margins_and_2019_cohorts", 2019,
             "the county and municipal figures of the year, and who lived where in 2019")):
        write(name, ["year", "area", "sex", "age", "persons"],
              [[r["year"], r["municipality_code"], r["sex"], r["age"], r["population_estimated"]]
               for r in read(folder / f"orebro_age_sex_estimated_{file}_2000_2015.csv")] + rest,
              title="Population on 31 December of the municipalities of Örebro county by sex and "
                    f"age, estimated by iterative proportional fitting from {what}; and of the rest "
                    "of Sweden, as counted",
              unit="persons", basis="estimated", known_from=known, age_definition="end_of_year",
              source=f"own estimate from {SCB}, tables BE0101N1, TAB637, TAB638", licence=CC0)


def orebro_broad_ages(data):
    """Margins that are published only as rounded shares: here as the whole people that meet them and
    the county's own, summed from the estimate that was fitted to them."""
    people = collections.Counter()
    file = "orebro_age_sex_estimated_margins_only_2000_2015.csv"
    for r in read(data / "population_municipality" / file):
        age = int(r["age"])
        group = "0-19" if age < 20 else "20-64" if age < 65 else "65+"
        people[r["year"], r["municipality_code"], group] += int(r["population_estimated"])
    write("broad_ages_orebro", ["year", "area", "age_group", "persons"],
          [[*key, persons] for key, persons in sorted(people.items())],
          title="Population on 31 December of the municipalities of Örebro county by broad age, from the "
                "published shares of people aged 65 and over and dependency ratios",
          unit="persons", basis="estimated", known_from="year", age_definition="end_of_year",
          source=f"own reckoning from {SCB}, tables BE0101N1, TAB638, by way of aniisabihi/atlas290",
          licence=CC0)


def moves(data):
    folder = data / "migration_flows"
    spans = ("1995_2015", "2016_2018")
    write("moves", ["year", "origin", "destination", "moves"],
          [[r["year"], r["origin_code"], r["destination_code"], r["moves"]]
           for span in spans for r in read(folder / f"domestic_moves_od_{span}.csv")],
          title="Moves between municipalities, all ages; cells of 1 to 4 are suppressed and, like "
                "those of 0, left out",
          unit="moves", basis="observed", known_from="year",
          source=f"{SCB}, tables BE0101R9 and BE0101S1, by way of AndersBergquist/RU_Modellen",
          licence=CC0)
    write("moves_totals", ["year", "area", "in_total", "in_suppressed"],
          [[r["year"], r["municipality_code"], r["in_moves_total"],
            r["in_moves_from_suppressed_origins"]]
           for span in spans for r in read(folder / f"domestic_moves_margins_{span}.csv")],
          title="In-moves of each municipality from all others, and of these from origins whose "
                "cell is suppressed",
          unit="moves", basis="observed", known_from="year",
          source=f"{SCB}, table BE0101R9, by way of AndersBergquist/RU_Modellen", licence=CC0)
    write("moves_out_suppressed", ["year", "area", "out_suppressed"],
          [[r["year"], r["municipality_code"], r["out_moves_to_suppressed_destinations"]]
           for r in read(folder / "domestic_moves_margins_2016_2018.csv")
           if r["out_moves_to_suppressed_destinations"]],
          title="Out-moves of each municipality to destinations whose cell is suppressed; published "
                "from 2017 on",
          unit="moves", basis="observed", known_from="year",
          source=f"{SCB}, table BE0101S1, by way of AndersBergquist/RU_Modellen", licence=CC0)


def international():
    """Immigrants and emigrants of Sweden, from SCB's yearly press releases as quoted. The emigrants of
    2010 were not found: they are the immigrants less the residual of the population account."""
    rows = [(2006, 95750, 44908), (2007, 99485, 45418), (2008, 101171, 45294),
            (2009, 102280, 39240), (2010, 98801, 98801 - 49734), (2011, 96467, 51179),
            (2012, 103059, 51747), (2013, 115845, 50715), (2014, 126966, 51237),
            (2015, 134240, 55830)]
    write("international_migration", ["year", "immigrants", "emigrants"], rows,
          title="Immigrants and emigrants of Sweden", unit="persons", basis="observed",
          known_from="year",
          source="Statistics Sweden, final population figures of each year (press releases of "
                 "February the year after)", licence=CC0,
          note="emigrants of 2010: immigrants less the residual net migration of the population "
               "account, 49734, which includes small register corrections")


def folders(arguments):
    """The folder to read from; what `write` writes goes to the second, where one is given."""
    global TABLES
    if len(arguments) > 1:
        TABLES = pathlib.Path(arguments[1])
    return pathlib.Path(arguments[0])


def main():
    data = folders(sys.argv[1:])
    areas(data)
    counties(data)
    municipalities(data)
    orebro_stocks(data)
    orebro_broad_ages(data)
    moves(data)
    international()


if __name__ == "__main__":
    main()
