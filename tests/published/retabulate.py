#!/usr/bin/env python3
"""Writes the tables of the published cases beside their scenarios, as long CSV.

usage: retabulate.py CASES      where CASES is the folder ../shared/cases

Figures are carried over as printed; only their arrangement changes. Sources stand in the scenario of
each case, or in a README.md where it has none. Run again only when a case is added: the tables it wrote are part of the repository.
"""
import csv
import gzip
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SEX = {"f": "female", "m": "male", "female": "female", "male": "male"}


def read(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def write(case, name, header, rows):
    folder = HERE / case
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def number(text):
    """The figure as printed, or 0 where the table has none."""
    return text if text not in ("", "NA") else "0"


def preston(cases):
    rows = read(cases / "ccm_sweden1993_preston_box6_2" / "input.csv")
    write("preston_box6", "sweden_1993.csv",
          ["sex", "age", "persons", "survival_ratio", "asfr", "net_migrants"],
          [[sex, r["age"], r["pop_1993_f"], r["surv_ratio"], r["asfr"], r["net_mig_f_5y"]]
           for sex in ("female", "male") for r in rows])  # the source takes males to be equal
    expected = read(cases / "ccm_sweden1993_preston_box6_2" / "expected.csv")
    closed = read(cases / "ccm_sweden1993_preston_box6_2" / "expected_closed_box6_1.csv")
    write("preston_box6", "expected.csv",
          ["age", "female_1998", "male_1998", "closed_1998", "closed_2003"],
          [[e["age"], e["pop_1998_f"], e["pop_1998_m_when_male_inputs_equal_female"],
            c["pop_1998_f_closed"], c["pop_2003_f_closed"]] for e, c in zip(expected, closed)])


def canada(cases):
    folder = cases / "ccm_canada_1950_2020_un1x1"
    write("canada", "base.csv", ["sex", "age", "persons"],
          [[r["sex"], r["age"], r["pop"]] for r in read(folder / "base_pop_1950.csv")])
    write("canada", "survival.csv", ["year", "sex", "age", "survival_ratio"],
          [[r["year"], r["sex"], r["age"], r["Sx"]]
           for r in read(folder / "mx_and_survival_ratio.csv.gz")])
    write("canada", "fertility.csv", ["year", "age", "asfr"],
          [[r["year"], r["age"], r["asfr"]] for r in read(folder / "asfr_nonzero.csv")])
    write("canada", "sex_ratio.csv", ["year", "boys_per_girl"],
          [[r["year"], r["srb_m_per_f"]] for r in read(folder / "srb.csv")])
    write("canada", "net_migration.csv", ["year", "sex", "age", "persons"],
          [[r["year"], r["sex"], r["age"], r["net_mig"]]
           for r in read(folder / "net_migration.csv.gz")])
    write("canada", "expected.csv", ["year", "sex", "age", "persons"],
          [[r["year"], sex, r["age"], r[sex]]
           for r in read(folder / "expected_population.csv") for sex in ("female", "male")])
    write("canada", "expected_totals.csv", ["year", "births", "persons_end"],
          [[r["year"], r["births"], r["pop_end"]] for r in read(folder / "expected_totals.csv")])


def aargau(cases):
    folder = cases / "ccm_fso_aargau_2025_2055_reference"
    write("aargau", "base.csv", ["group", "sex", "age", "persons"],
          [[r["nat"], SEX[r["sex"]], int(r["age_on_31dec2025"]) - 1, r["n_alive_1jan2025"]]
           for r in read(folder / "start_population.csv")])
    rows = read(folder / "parameters_and_expected.csv.gz")
    table, transfers, newborn, expected = [], [], {}, []
    for r in rows:
        key = [r["year"], r["nat"], SEX[r["sex"]], r["age"]]
        leave = float(number(r["emi_int"])) + float(number(r["emi_nat"]))
        enter = float(number(r["imm_int_n"])) + float(number(r["imm_nat_n"]))
        table.append(key + [number(r["mor"]), f"{leave:.12g}", f"{enter:.12g}",
                            number(r["birthrate"])])
        if r["nat"] == "int":
            transfers.append([r["year"], "int", "ch", SEX[r["sex"]], r["age"], number(r["acq"])])
        newborn[r["year"]] = r["int_mothers"]
        expected.append(key + [r["fso_projection_n"]])
    write("aargau", "parameters.csv", ["year", "group", "sex", "age", "dying", "emigrating",
                                       "immigrants", "birth_rate"], table)
    write("aargau", "naturalisation.csv", ["year", "group", "to_group", "sex", "age", "rate"],
          transfers)
    write("aargau", "newborn.csv", ["year", "group", "child_group", "share"],
          [row for year, share in newborn.items()
           for row in ([year, "ch", "ch", 1], [year, "int", "ch", share],
                       [year, "int", "int", 1 - float(share)])])
    write("aargau", "expected.csv", ["year", "group", "sex", "age", "persons"], expected)


def wpp(cases, country):
    folder = cases / f"wpp2019_5x5_{country}"
    case = f"wpp2019_{country}"
    deaths, persons = [], []
    for sex in ("female", "male"):
        for r in read(folder / f"mx_{sex}.csv"):
            deaths += [[p.split("-")[1], sex, r["age"], v] for p, v in r.items() if p != "age"]
        for r in read(folder / f"pop_{sex}_thousands.csv"):
            persons += [[y, sex, r["age"], v] for y, v in r.items() if y != "age"]
    write(case, "death_rates.csv", ["year", "sex", "age", "mx"], deaths)
    write(case, "population.csv", ["year", "sex", "age", "thousands"], persons)
    write(case, "fertility_schedule.csv", ["year", "age", "percent"],
          [[p.split("-")[1], r["age"], v] for r in read(folder / "percent_asfr_15_49.csv")
           for p, v in r.items() if p != "age"])
    write(case, "totals.csv", ["year", "tfr", "sex_ratio_at_birth", "net_migration_thousands"],
          [[r["period"].split("-")[1], r["tfr"], r["srb"], r["net_migration_thousands_5y"]]
           for r in read(folder / "tfr_srb_migration.csv")])


def yugoslavia(cases):
    folder = cases / "multiregional_yugoslavia1961_2region"
    rows = read(folder / "input.csv")
    write("yugoslavia_1961", "events.csv", ["area", "age", "persons", "births", "deaths"],
          [[r["region"], r["age"], r["population"], r["births"], r["deaths"]] for r in rows])
    write("yugoslavia_1961", "moves.csv", ["origin", "destination", "age", "moves", "persons"],
          [[r["region"], to, r["age"], r[f"out_to_{to}"], r["population"]]
           for r in rows for to in ("slovenia", "rest_yu") if to != r["region"]])
    expected = []
    for area in ("slovenia", "rest_yu"):
        for r in read(folder / f"expected_projection_{area}.csv"):
            expected += [[y, area, r["age"], v] for y, v in r.items() if y != "age"]
    write("yugoslavia_1961", "expected.csv", ["year", "area", "age", "persons"], expected)


def un_life_table(cases):
    rows = read(cases / "lifetable_un1982_males_p34" / "case.csv")
    write("un1982_life_table", "case.csv", ["age", "mx", "expected_ex"],
          [[r["age"], r["mx"], r["expected_ex"]] for r in rows])
    write("un1982_life_table", "base.csv", ["age", "persons"],
          [[r["age"], 1000] for r in rows if r["age"] != "1"])  # a projection needs somebody


def french_life_table():
    write("france_2000_life_table", "base.csv", ["age", "persons"],
          [[age, 1000] for age in range(101)])  # a projection needs somebody


def random_bits(cases):
    rows = []
    with open(cases / "rng_random123_kat" / "kat_vectors_subset.txt", encoding="utf-8") as stream:
        for line in stream:
            name, *words = line.split()
            if name == "philox4x32":
                rows.append(words)
    write("rng_random123_kat", "philox4x32.csv",
          ["rounds"] + [f"counter{i}" for i in range(4)] + [f"key{i}" for i in range(2)] +
          [f"expected{i}" for i in range(4)], rows)


def distributions(cases):
    with open(cases / "sampling_distributions" / "cases.json", encoding="utf-8") as stream:
        figures = json.load(stream)
    write("sampling_distributions", "binomial.csv", ["n", "p", "mean", "variance", "count", "cdf"],
          [[c["n"], c["p"], c["mean"], c["var"], count, share]
           for c in figures["binomial"] for count, share in c["cdf"].items()])
    write("sampling_distributions", "poisson.csv", ["lambda", "mean", "variance", "count", "cdf"],
          [[c["lam"], c["mean"], c["var"], count, share]
           for c in figures["poisson"] for count, share in c["cdf"].items()])
    rows = []
    for c in figures["multinomial"]:
        for i, share in enumerate(c["p"]):
            for j in range(i, len(c["p"])):
                covariance = c["var"][i] if i == j else c[f"cov{i}{j}"]
                rows.append([c["n"], i, j, share, c["mean"][i], covariance])
    write("sampling_distributions", "multinomial.csv",
          ["n", "category", "other", "p", "mean", "covariance"], rows)
    write("sampling_distributions", "edge.csv", ["kind", "n", "p_or_lambda", "always"],
          [[c["kind"], c.get("n", ""), c.get("p", c.get("lam")), c["always"]]
           for c in figures["edge"]])


def ipf(cases):
    folder = cases / "ipf_reference"
    rows = []
    for name in ("willekens1999_2x2", "humanleague_2x2"):
        case = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        rows += [[name, row, column, case["seed"][row][column], case["row_totals"][row],
                  case["col_totals"][column], case["expected"][row][column]]
                 for row in (0, 1) for column in (0, 1)]
    write("ipf_reference", "fits.csv",
          ["case", "row", "column", "seed", "row_total", "column_total", "expected"], rows)
    cases_of_rounding = json.loads((folder / "integerise.json").read_text(encoding="utf-8"))["cases"]
    write("ipf_reference", "integerise.csv", ["total", "fraction", "expected"],
          [[case["total"], fraction, expected]
           for case in cases_of_rounding if case["expected"] != "error"
           for fraction, expected in zip(case["fractions"], case["expected"])])


def beers(cases):
    folder = cases / "graduation_beers_johnson2016"
    write("beers_johnson", "groups.csv", ["age", "persons"],
          [[r["age"], r["pop"]] for r in read(folder / "input.csv")])
    write("beers_johnson", "expected.csv", ["age", "persons"],
          [[r["age"], r["pop"]] for r in read(folder / "expected_ages0_12.csv")])


def main():
    cases = pathlib.Path(sys.argv[1])
    preston(cases)
    canada(cases)
    aargau(cases)
    wpp(cases, "norway")
    wpp(cases, "finland")
    yugoslavia(cases)
    un_life_table(cases)
    french_life_table()
    random_bits(cases)
    distributions(cases)
    ipf(cases)
    beers(cases)


if __name__ == "__main__":
    main()
