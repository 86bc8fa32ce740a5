#!/usr/bin/env python3
"""Writes the Swedish tables of care and other welfare needs, and their cards, from the figures as
they were collected.

usage: retabulate_care.py DATA [TABLES]   where DATA is the folder ../shared/data and TABLES the folder
                                          to write to, by default data/ beside this script

Only the arrangement of the figures changes, and percent become shares of 1. What a service's users are
differs between reports: every figure of users names its definition, and care_definitions.csv says
what each means. Tables whose figures come from several reports give the year of publication in the
column `published`.
"""
import collections
import decimal
import re
import sys

import retabulate
from retabulate import read, write

SEX = {"women": "female", "men": "male", "total": "both"}
QUOTED = "facts quoted with their source, as the publisher allows; official statistics of Sweden"
HOME, SPECIAL, SHORT, DAY = "home_care", "special_housing", "short_term_care", "day_care"
EITHER = "home_care_or_special_housing"
LATE = ("a figure of year y is taken as known from year y, as it was counted then; reports of the column "
        "published gave it in this definition only later")

# definition, services, years, published, meaning. Published: 0 where it is the year after.
DEFINITIONS = [
    ("municipal_count", (HOME, SPECIAL, SHORT), "2009-2012", 0,
     "count reported by each municipality; home care includes those with only a safety alarm or meals"),
    ("register_2012", (HOME, SPECIAL), "2012", 0,
     "register of persons on 1 October 2012; home care as granted, without those with only an alarm"),
    ("register_2013", (HOME, SPECIAL), "2013", 0,
     "register of persons in 2013; home care as carried out, without those with only an alarm"),
    ("register_2014", (HOME, SPECIAL), "2014", 0,
     "register of persons on 31 October 2014; home care without those with only an alarm"),
    ("comparison_2006", (HOME, SPECIAL), "2006", 0,
     "open comparisons 2007, indicators E1 and E2, ages 80 and over in whole percent; whether those with "
     "only an alarm count is not known"),
    ("comparison_2008", (HOME, SPECIAL), "2008", 0,
     "open comparisons 2009, indicators 33 and 34, ages 80 and over in whole percent; whether those with "
     "only an alarm count is not known, but the share of Sweden is near that of series_2016"),
    ("yearbook_2007", (HOME, SPECIAL), "2007", 0,
     "yearly statistics, whole percent, users to hundreds; whether those with only an alarm count is not "
     "known"),
    ("yearbook_2010", (EITHER,), "2010", 0,
     "yearly statistics of 1 November 2010, home care and special housing together"),
    ("yearbook_2012", (EITHER, SPECIAL), "2012", 0,
     "yearly statistics of 1 October 2012"),
    ("series_2016", (HOME, SPECIAL, SHORT, DAY), "2008-2014", 2016,
     "Lägesrapport 2016, table 4: one series of ages 80 and over, revised backward"),
    ("series_2020", (HOME, SPECIAL, SHORT, DAY), "2010-2019", 2020,
     "Lägesrapport 2020, table 26: granted on the day of counting in 2010-2012, ongoing on 31 October "
     "from 2013 on; one series of ages 65 and over"),
    ("definition_2021", (HOME,), "2014-2020", 2021,
     "Lägesrapport 2021, table 19: one series of ages 80 and over, in 2014 1.4 percentage points below "
     "series_2016 and 3.0 above definition_2022"),
    ("definition_2022", (HOME, SPECIAL, SHORT, DAY), "2014-2021", 2022,
     "Lägesrapport 2022, tables 21 and 22: newer and narrower definition of home care, at a level of its "
     "own"),
    ("cost_table_2020", (HOME, SPECIAL), "2014-2018", 2020,
     "Lägesrapport 2020, table 10: the users whom cost is divided by; home care in ordinary housing"),
    ("cost_table_2022", (HOME, SPECIAL), "2016-2020", 2022,
     "Lägesrapport 2022, table 3: mean of the months, the users whom cost is divided by"),
    ("any_time_2020", (SPECIAL, SHORT), "2020", 2022,
     "Lägesrapport 2022, tables 7-9: whoever had the service at any time in 2020; in special housing "
     "about a third more than in the mean month of cost_table_2022"),
]
PUBLISHED = {name: published for name, _, _, published, _ in DEFINITIONS}
COMPARISONS = {"2006": "comparison_2006", "2008": "comparison_2008", "2009": "municipal_count",
               "2010": "municipal_count", "2011": "municipal_count", "2012": "register_2012",
               "2013": "register_2013", "2014": "register_2014"}


def fraction(percent, of="100"):
    """Exactly, in plain digits."""
    return f"{(decimal.Decimal(percent) / decimal.Decimal(of)).normalize():f}"


def sources(rows):
    """The reports that the rows name; those that differ only in what ends their name once."""
    reports = collections.defaultdict(list)
    for name in dict.fromkeys(r["source"] for r in rows):
        ending = r"(?: \d{4})?(?: tables?(?: [-\d]+)?| hospital tables)?"
        head, tail = re.fullmatch(f"(.*?)({ending})", name).groups()
        reports[head].append(tail.strip())
    return "; ".join(f"{head} {', '.join(tails)}".strip() for head, tails in reports.items())


def published(definition, year):
    return PUBLISHED[definition] or int(year) + 1


def ordered(rows):
    """Sorted, each once: a key that comes twice would be two definitions under one name."""
    rows = sorted(rows)
    keys = [row[:-1] for row in rows]
    if len(set(map(tuple, keys))) != len(keys):
        raise ValueError(f"a row comes twice among {rows[0]}...")
    return rows


def definition_of(row):
    """In which of its definitions a national figure of users or shares counts."""
    source, indicator = row["source"], row["indicator"]
    for mark, name in (("Lägesrapport 2016", "series_2016"), ("2020 table 26", "series_2020"),
                       ("Lägesrapport 2021", "definition_2021"), ("2022 table 2", "definition_2022"),
                       ("2020 table 10", "cost_table_2020"), ("2022 table 3", "cost_table_2022"),
                       ("2022 tables 7", "any_time_2020"), ("regiform", "municipal_count"),
                       ("1 oktober 2012", "yearbook_2012"), ("1 november 2010", "yearbook_2010"),
                       ("2008-44-7", "yearbook_2007")):
        if mark in source:
            return name
    raise ValueError(f"no definition is known for {indicator} of {source}")


def service_of(indicator, kind):
    """The service that an indicator such as share_home_care_def2022 is of, or none."""
    for service in (EITHER, HOME, SPECIAL, SHORT, DAY):
        endings = ("", "_def2021", "_def2022", "_incl_alarm_only", "_ordinary_housing", "_avg_month",
                   "_any_time_in_year")
        if indicator in [f"{kind}_{service}{ending}" for ending in endings]:
            return service
    return SHORT if indicator == f"{kind}_short_term_place_in_year" else None


def definitions():
    write("care_definitions", ["definition", "service", "years", "published", "meaning"],
          [[name, service, years, published_in or "year after", meaning]
           for name, services, years, published_in, meaning in DEFINITIONS for service in services],
          title="What the users of a service are in each definition that the care tables name",
          basis="observed", known_from=2022,
          source="Socialstyrelsen; Socialstyrelsen & SKL, as named on the cards of the tables",
          licence=QUOTED,
          note="words, no figures. Home care falls from 11.5 % of people aged 65 and over (municipal_count "
               "of 2011) to 9.0 % (series_2020 of 2012) and 6.9 % (definition_2022 of 2014): never join two "
               "definitions into one trend but at a published overlap")


def national_shares(care):
    rows = [r for r in read(care / "national_care_shares.csv") if service_of(r["indicator"], "share")]
    of_comparisons = [r for r in read(care / "municipal_care_shares.csv") if r["area_code"] == "00"]
    figures = [(r, definition_of(r)) for r in rows]
    figures += [(r, COMPARISONS[r["year"]]) for r in of_comparisons]
    write("care_shares_sweden",
          ["year", "service", "definition", "ages", "sex", "published", "share"],
          ordered([[r["year"], service_of(r["indicator"], "share"), definition, r["age_group"],
                    SEX[r["sex"]], published(definition, r["year"]), fraction(r["value"])]
                   for r, definition in figures]),
          title="Share of the people of Sweden in an age group who have a service, by definition",
          unit="share of the persons of the age group", basis="observed", known_from="year",
          source=sources(rows + of_comparisons), licence=QUOTED,
          note=f"care_definitions.csv says what each definition counts; {LATE}. series_2016: the text of the "
               "table was damaged, digits re-split by hand and checked against users and population; home care "
               "of 2008 and special housing of 2014 computed from them; its short-term care of 2011 and day care of "
               "2012 are cut where users over population would round up. No figures of 2013 in series_2020. Special housing of 2014 is nearly the "
               "same in series_2016 (80+: 13.0 %), series_2020 (65+: 4.3 %) and definition_2022 (12.8 %, 4.3 %)")


def national_users(care):
    rows = [r for name in ("national_care_shares", "national_costs", "health_care_flows")
            for r in read(care / f"{name}.csv") if service_of(r["indicator"], "users")]
    write("care_users_sweden",
          ["year", "service", "definition", "ages", "sex", "published", "users"],
          ordered([[r["year"], service_of(r["indicator"], "users"), definition_of(r), r["age_group"],
                    SEX[r["sex"]], published(definition_of(r), r["year"]), r["value"]] for r in rows]),
          title="People of Sweden who have a service, by definition", unit="persons",
          basis="observed", known_from="year", source=sources(rows), licence=QUOTED,
          note=f"care_definitions.csv says what each definition counts; {LATE}. Digits of series_2016 re-split "
               "by hand and checked against shares and population. Short-term care of municipal_count in 2011 "
               "(65+) and of series_2016 (80+) are one and the same number, 7800: one of them is mistaken or "
               "counts otherwise, do not compare them")


def orebro_shares(care):
    rows = list(read(care / "municipal_care_shares.csv"))
    write("care_shares_orebro", ["year", "area", "service", "definition", "ages", "share"],
          ordered([[r["year"], r["area_code"], service_of(r["indicator"], "share"),
                    COMPARISONS[r["year"]], r["age_group"], fraction(r["value"])] for r in rows]),
          title="Share of the people of an age group who have a service, municipalities of Örebro county; "
                "area 00 is Sweden in the same reports",
          unit="share of the persons of the age group", basis="observed", known_from="year",
          source=sources(rows), licence=QUOTED,
          note="care_definitions.csv says what each definition counts. Whole percent until 2010. Single values "
               "jump for reasons of reporting (special housing in Örebro: 4.0, 2.9, 1.9 % in 2012-2014): use "
               "the mean of several years. Published the year after; Sweden is missing in 2006, 2012 and, for "
               "special housing, 2011")


def stockholm(care):
    rows = [r for r in read(care / "age_profile_stockholm.csv") if r["indicator"] == "share_any_elder_care"
            and r["age_group"] != "65+" and r["sex"] != "total"]
    by_group = collections.defaultdict(list)
    for r in rows:
        by_group[SEX[r["sex"]], r["age_group"]].append(decimal.Decimal(r["value"]))
    if {len(values) for values in by_group.values()} != {4}:
        raise ValueError("the profile needs four years of each group")
    write("care_profile_stockholm", ["sex", "age", "share"],
          ordered([[sex, age, fraction(sum(values), "400")] for (sex, age), values in by_group.items()]),
          title="Share of the people of the municipality of Stockholm who have any elder care, by sex and "
                "age, mean of January 2015-2018",
          unit="share of the persons of the age group", basis="estimated", known_from=2018,
          source=sources(rows), licence=QUOTED,
          note="any decision carried out: home care and alarm, service house, care home, short-term, day care. "
               "The only Swedish figures by five-year age and sex that were found: use the shape, scaled to "
               "the level of the place, not the level; estimated, as a mean of four years")
    users = [r for r in read(care / "age_profile_stockholm.csv") if r["indicator"].startswith("users: ")]
    names = {"elder-care users, net": "any", "home help in ordinary housing": HOME, "alarm": "safety_alarm",
             "alarm only (no other service)": "safety_alarm_only", "service house": "service_house",
             "care home (VoB)": "care_home", "care home, dementia": "care_home_dementia",
             "care home, somatic": "care_home_somatic", "short-term care": SHORT, "day care": DAY}
    write("care_services_stockholm", ["year", "service", "users"],
          ordered([[r["year"], names[r["indicator"].removeprefix("users: ")], r["value"]] for r in users]),
          title="People aged 65 and over in the municipality of Stockholm by service, in January",
          unit="persons", basis="observed", known_from=2018, source=sources(users), licence=QUOTED,
          note="one person may have several services, any counts each person once; the two kinds of care home "
               "do not add up to all care homes")


def special_housing(care):
    rows = list(read(care / "health_care_flows.csv"))
    survival = [r for r in rows if r["indicator"].startswith("survival_after_entry_special_housing_month_")]
    write("care_survival_special_housing", ["sex", "month", "alive"],
          ordered([[SEX[r["sex"]], int(r["indicator"].rsplit("_", 1)[1]), fraction(r["value"])]
                   for r in survival]),
          title="Share alive so many months after they entered special housing, people aged 65 and over "
                "who entered in 2013, Sweden",
          unit="share of the entrants", basis="observed", known_from=2015, source=sources(survival),
          licence=QUOTED)
    before = [r for r in rows if r["indicator"].startswith("share_no_home_care_month_before")]
    write("care_before_special_housing", ["year", "sex", "ages", "share"],
          ordered([[r["year"], SEX[r["sex"]], r["age_group"], fraction(r["value"])] for r in before]),
          title="Share of those entering special housing who had no home care the month before, Sweden",
          unit="share of the entrants", basis="observed", known_from=2016, source=sources(before),
          licence=QUOTED, note="the others enter from home care; whole percent")


def orebro_intensity(care):
    rows = list(read(care / "municipal_care_intensity.csv"))
    hours = [r for r in rows if r["indicator"] == "home_care_hours_per_user_month"]
    national = [r for r in read(care / "national_care_shares.csv")
                if r["indicator"] == "home_care_hours_per_user_month"]
    write("care_hours_orebro", ["year", "area", "definition", "hours"],
          ordered([[r["year"], r["area_code"], COMPARISONS[r["year"]], r["value"]] for r in hours] +
                  [[r["year"], r["area_code"], "municipal_count", r["value"]] for r in national]),
          title="Granted hours of home care per user and month, people aged 65 and over, municipalities of "
                "Örebro county; area 00 is Sweden",
          unit="hours per user and month", basis="observed", known_from="year",
          source=sources(hours + national), licence=QUOTED,
          note="the hours of municipal_count are per user including those with only an alarm or meals. "
               "Karlskoga and Lekeberg are missing in 2012: the source has no figure. Published the year after")
    write_shares("care_25_hours_orebro", rows, "share_home_care_users_25h_plus", known_from=2012,
                 title="Share of the users of home care who have 25 hours a month or more, people aged 65 "
                       "and over, municipalities of Örebro county, 2011",
                 note="of the users of municipal_count; no figure of Sweden")
    write_shares("care_home_health_orebro", rows, "share_home_care_users_with_home_health_care",
                 known_from=2015,
                 title="Share of the users of home care who also have municipal health care at home, people "
                       "aged 65 and over, municipalities of Örebro county, 2014; area 00 is Sweden",
                 note="of the users of register_2014; Degerfors, Hallsberg, Lekeberg and Ljusnarsberg are "
                      "missing")


def write_shares(name, rows, indicator, **card):
    rows = [r for r in rows if r["indicator"] == indicator]
    write(name, ["area", "share"], ordered([[r["area_code"], fraction(r["value"])] for r in rows]),
          unit="share of the users of home care", basis="observed", source=sources(rows), licence=QUOTED,
          **card)


def costs(care):
    names = {f"cost_{service}_per_user": service for service in (HOME, SPECIAL)}
    rows = [r for r in read(care / "municipal_care_costs.csv") if r["indicator"] in names]
    write("care_costs_orebro", ["year", "area", "service", "definition", "cost"],
          ordered([[r["year"], r["area_code"], names[r["indicator"]], COMPARISONS[r["year"]], r["value"]]
                   for r in rows]),
          title="Cost of a service per user and year in current prices, municipalities of Örebro county; area "
                "00 is Sweden in the same reports",
          unit="SEK per user and year", basis="observed", known_from="year", source=sources(rows),
          licence=QUOTED,
          note="current prices. The cost of home care per user rises with each narrower definition of its users "
               "(Sweden 143 374 in 2011, 201 816 in 2012, 248 127 in 2013): that is no rise in cost. Missing: "
               "special housing of Degerfors 2009 and Laxå 2014, Sweden 2014. The source does not say whether "
               "the mean of Sweden is weighted. Published the year after")
    rows = [r for r in read(care / "national_costs.csv") if r["indicator"] in names]
    write("care_costs_sweden", ["year", "service", "price_year", "published", "cost"],
          ordered([[r["year"], names[r["indicator"]], price_year(r), int(price_year(r)) + 2, r["value"]]
                   for r in rows]),
          title="Cost of a service per user and year in fixed prices, Sweden",
          unit="SEK of price_year per user and year", basis="observed", known_from=2022,
          source=sources(rows), licence=QUOTED,
          note="special housing at prices of 2018 is the cost by the Social Services Act alone, at prices of "
               "2020 it includes the municipality's health care. Users as in cost_table_2020 and "
               "cost_table_2022 of care_users_sweden.csv")
    rows = [r for r in read(care / "national_costs.csv") if r["indicator"].startswith("cost_total: ")]
    write("care_totals_sweden", ["year", "service", "price_year", "cost"],
          ordered([[r["year"], re.sub("[ -]", "_", r["indicator"].removeprefix("cost_total: ")),
                    price_year(r), r["value"]] for r in rows]),
          title="Total cost of municipal elder care in fixed prices, Sweden",
          unit="billion SEK of price_year a year", basis="observed", known_from=2022, source=sources(rows),
          licence=QUOTED,
          note="three reports with price years of their own: 2010; 2011-2015; 2016-2020. home_care is part of "
               "ordinary_housing, total_elder_care is above special_housing and ordinary_housing together by what "
               "the source does not break down")


def hour_prices(care):
    """What an hour of home care costs: both figures are per user of register_2013."""
    cost = {r["area_code"]: r for r in read(care / "municipal_care_costs.csv")
            if (r["indicator"], r["year"]) == ("cost_home_care_per_user", "2013")}
    hours = {r["area_code"]: r for r in read(care / "municipal_care_intensity.csv")
             if (r["indicator"], r["year"]) == ("home_care_hours_per_user_month", "2013")}
    write("care_hour_prices_orebro", ["year", "area", "price"],
          ordered([["2013", area, f"{float(cost[area]['value']) / (12 * float(hours[area]['value'])):.1f}"]
                   for area in cost if area in hours]),
          title="Cost of a granted hour of home care, municipalities of Örebro county; area 00 is Sweden",
          unit="SEK of 2013 per hour", basis="estimated", known_from="year",
          source=sources([*cost.values(), *hours.values()]), licence=QUOTED,
          note="cost per user and year over 12 times the hours per user and month, both per user of "
               "register_2013, the hours rounded to whole ones. Published the year after")


def service_ratios(care):
    """Users of lesser services for each user of home care, where the two were counted together."""
    year = "2014"
    rows = [r for r in read(care / "national_care_shares.csv")
            if r["year"] == year and r["age_group"] == "65+" and r["sex"] != "total"
            and service_of(r["indicator"], "share") in (HOME, SHORT, DAY)
            and definition_of(r) == "series_2020"]
    share = {(service_of(r["indicator"], "share"), SEX[r["sex"]]): float(r["value"]) for r in rows}
    write("care_ratios_sweden", ["service", "sex", "ratio"],
          [[service, sex, f"{share[service, sex] / share[HOME, sex]:.3f}"]
           for service in (SHORT, DAY) for sex in ("female", "male")],
          title="Users of a service for each user of home care, people aged 65 and over, Sweden, 2014",
          unit="persons per user of home care", basis="estimated", known_from=2015, source=sources(rows),
          licence=QUOTED,
          note="ratios of shares of series_2020, which are published to a tenth of a percent: of short-term and "
               "day care a tenth of the figure. Known from: the year after, as it was counted then")
    users = collections.defaultdict(float)
    rows = [r for r in read(care / "age_profile_stockholm.csv")
            if r["indicator"] in ("users: alarm", "users: home help in ordinary housing")]
    for r in rows:
        users[r["indicator"]] += float(r["value"])
    years = sorted({r["year"] for r in rows})
    write("care_ratios_stockholm", ["service", "ratio"],
          [["safety_alarm", f"{users['users: alarm'] / users['users: home help in ordinary housing']:.3f}"]],
          title="Users of a service for each user of home help, people aged 65 and over, municipality of "
                f"Stockholm, January {years[0]}-{years[-1]}",
          unit="persons per user of home help", basis="estimated", known_from=int(years[-1]),
          source=sources(rows), licence=QUOTED,
          note="a quarter of those with an alarm have nothing else, and no home help")
    write("care_hours_by_state", ["state", "hours"],
          [["home_care_below_25", "10"], ["home_care_25_or_more", "45"]],
          title="Hours of home care by state of care, which only say how much more the one takes than the other",
          unit="hours per user and month", basis="assumed", known_from=2000,
          source="an assumption of this project; hours by band were found for people below 65 alone",
          note="where hours per user are published, the mean is theirs")


# Weights of an assumption: most stay in their state, need grows more often than it goes back, and hardly
# anybody leaves special housing. That of special housing after none is the one at which the nation's entrants
# come straight from no care as often as they did in 2011-2014 (tests/care/sweden_test.cpp).
STATES = ["none", "home_care_below_25", "home_care_25_or_more", SPECIAL]
PRIOR = [["0.9722", "0.0200", "0.0060", "0.0018"],
         ["0.120", "0.700", "0.130", "0.050"],
         ["0.040", "0.080", "0.700", "0.180"],
         ["0.005", "0.005", "0.010", "0.980"]]


def prior():
    write("care_prior", ["from", "to", "weight"],
          [[before, after, weight] for before, row in zip(STATES, PRIOR)
           for after, weight in zip(STATES, row)],
          title="Transitions of survivors between states of care in a year, which those of the model resemble "
                "as far as the shares by age allow",
          unit="1", basis="assumed", known_from=2016,
          source="an assumption of this project; no Swedish table of transitions by age, sex and state is published",
          licence="CC0",
          note="one weight has a source: with that of special housing after none, 18 in 100 who enter special housing "
               "in the nation had no care before, as Socialstyrelsen's Lägesrapport 2016, table 7, has it for "
               "2011-2014: see care_before_special_housing.csv")


def price_year(row):
    return re.search(r"(\d{4}) prices", row["unit"]).group(1)


def health_care(care):
    rows = list(read(care / "health_care_flows.csv"))
    hospital = [r for r in rows if "hospital tables" in r["source"]]
    figures = collections.defaultdict(dict)
    for r in hospital:
        figures[r["year"], r["age_group"]][r["indicator"]] = decimal.Decimal(r["value"])
    write("care_hospital_days_sweden", ["year", "ages", "days", "stays"],
          [[*key, f"{of['hospital_days'] / of['population']:.3f}",
            f"{of['hospital_stays'] / of['population']:.4f}"] for key, of in sorted(figures.items())],
          title="Days and stays in hospital per person and year, Sweden",
          unit="days, stays per person-year", basis="observed", known_from=2020, source=sources(hospital),
          licence=QUOTED,
          note="days and stays over the population, all three published in thousands. 80 and over in 2002 was "
               "not found. The cost is the region's, not the municipality's. Figures of 2017 published in 2019")
    names = {"users_municipal_health_care_any_time_in_year": "municipal_health_care",
             "users_home_health_care": "home_health_care"}
    users = [r for r in rows if r["indicator"] in names]
    write("care_home_health_sweden", ["year", "service", "sex", "ages", "users"],
          ordered([[r["year"], names[r["indicator"]], SEX[r["sex"]], r["age_group"], r["value"]]
                   for r in users]),
          title="People who had health care from their municipality, Sweden",
          unit="persons", basis="observed", known_from=2022, source=sources(users), licence=QUOTED,
          note="2018: all municipal health care at any time in the year, by age, published in 2020, without "
               "ordinary housing in Stockholm county, where the region gives it. 2020: health care at home, "
               "published in 2022; 65+ includes 80+, and what it leaves out is not stated: take Stockholm "
               "county to be missing there too")


def welfare(care):
    rows = [r for r in read(care / "other_welfare_demand.csv")]
    ages = ("0-6", "7-12", "13-22", "23-64", "65-79", "80+")
    lss = [r for r in rows if re.fullmatch("lss_rate_group[123]", r["indicator"])]
    write("welfare_lss_sweden", ["need", "sex", "age", "rate"],
          [[f"lss_group_{r['indicator'][-1]}", SEX[r["sex"]], age, fraction(r["value"], "10000")]
           for age in ages for r in sorted(lss, key=lambda r: (r["indicator"], r["sex"] == "men"))
           if r["age_group"] == age],
          title="People with support by the Act on support and service for persons with certain functional "
                "impairments (LSS), by group of persons, sex and age, 1 October 2021, Sweden",
          unit="persons per person", basis="observed", known_from=2022, source=sources(lss), licence=QUOTED,
          note="group 1: intellectual disability or autism; 2: lasting brain damage as an adult; 3: other "
               "lasting impairments. The published groups 0-6, 7-12, 13-22, 23-64 and 65-79, 80+ cover all "
               "ages once; 0-19, 20-44, 45-64 and 65+ are left out. Without Sorsele")
    welfare_rates(rows)


def welfare_rates(rows):
    """What was found on the other needs: single figures, of which only the first has a source."""
    wanted = {"child_poverty": ("children_in_economically_vulnerable_households", "middle", "observed"),
              "labour_market_exclusion": ("labour_market_exclusion", "middle", "assumed"),
              "mental_ill_health_low": ("mental_ill_health", "low", "assumed"),
              "mental_ill_health_high": ("mental_ill_health", "high", "assumed")}
    chosen = [r for r in rows if r["indicator"] in wanted]
    write("welfare_rates_sweden", ["year", "need", "ages", "bound", "basis", "rate"],
          [[r["year"], wanted[r["indicator"]][0], r["age_group"].replace(" ", "_"),
            *wanted[r["indicator"]][1:], fraction(r["value"])] for r in chosen],
          title="Shares of people with other welfare needs", unit="share of the persons of the age group",
          basis="assumed", known_from=2012, licence=QUOTED,
          source=sources(chosen).replace("quoted from brief, not re-found", "as quoted; not found again"),
          note="children: low income standard or social assistance, Sweden. Labour-market exclusion and mental "
               "ill-health are as quoted from the founding document of a regional programme (Örebro, 2012); "
               "their own source was not found, so they are assumptions, and mental ill-health is a range of "
               "whole percent. For substance misuse no public rate was found, and none is given")


def main():
    care = retabulate.folders(sys.argv[1:]) / "care"
    definitions()
    prior()
    for table in (national_shares, national_users, orebro_shares, stockholm, special_housing,
                  orebro_intensity, costs, hour_prices, service_ratios, health_care,
                  welfare):
        table(care)


if __name__ == "__main__":
    main()
