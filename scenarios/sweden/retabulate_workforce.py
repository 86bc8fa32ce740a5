#!/usr/bin/env python3
"""Writes the Swedish tables of the care workforce, and their cards, from the figures as they were
collected and from the assumptions written here.

usage: retabulate_workforce.py DATA [TABLES]   where DATA is the folder ../shared/data and TABLES the folder
                                               to write to, by default data/ beside this script

Observed figures only change their arrangement. What is estimated from them says how on its card. What is
assumed stands in this file as (low, middle, high) and has the columns value_low, value and value_high.
The addresses of web pages stand in PAGES and on the cards.
"""
import collections
import math
import sys

import retabulate
from retabulate import OREBRO, read, write
from retabulate_care import QUOTED, SEX, fraction, sources

OWN = "an assumption of this project"
RANGE = ["value_low", "value", "value_high"]
NATION = "00"
AGES = range(16, 75)
ASSISTANT, AIDE, NURSE = "assistant_nurse", "care_assistant", "nurse"
OCCUPATIONAL, PHYSIO = "occupational_therapist", "physiotherapist"
SOCIAL, MANAGER = "social_worker", "first_line_manager"
OCCUPATIONS = (ASSISTANT, AIDE, NURSE, OCCUPATIONAL, PHYSIO, SOCIAL, MANAGER)
TITLES = {"undersköterska": ASSISTANT, "vårdbiträde": AIDE, "sjuksköterska": NURSE,
          "arbetsterapeut": OCCUPATIONAL, "fysioterapeut": PHYSIO, "registered nurse": NURSE}

PAGES = {
    "women_2022": "SCB, Yrkesregistret 2022, https://scb.se/hitta-statistik/statistik-efter-amne/arbetsmarknad/"
                  "sysselsattning-forvarvsarbete-och-arbetstider/yrkesregistret-med-yrkesstatistik/pong/"
                  "statistiknyhet/yrkesregistret-med-yrkesstatistik-2022",
    "managers_women": "SCB 2020 as quoted in https://5dok.org/article/enhetschefer-omsorg-existentiell-ensamhet-"
                      "sk%C3%B6ra-%C3%A4ldre-personer-v%C3%A5rdpersonals.oz11kp3z",
    "span": "Socialstyrelsen as quoted in Chefen i fokus, 29 August 2022, https://vision.se/chefenifokus/arkiv/2022/"
            "nr3/trots-larm-fa-har-maxtak-for-hur-manga-en-chef-ska-leda/",
    "oldest": "SCB, 25 yrken med högsta medelåldern, https://scb.se/hitta-statistik/statistik-efter-amne/"
              "arbetsmarknad/sysselsattning-forvarvsarbete-och-arbetstider/yrkesregistret-med-yrkesstatistik/pong/"
              "tabell-och-diagram/25-yrken-med-hogsta-medelaldern-for-kvinnor/",
    "employed": "SCB, employed by age and sex 2015, by way of Stockholms stad, table b237, "
                "http://statistik.stockholm.se/images/stories/excel/b237-filer/sheet001.htm",
    "young_old": "OECD by way of FRED, series LRAC24MASEQ156S and LRAC55MASEQ156S, "
                 "https://fred.stlouisfed.org/data/LRAC24MASEQ156S, https://fred.stlouisfed.org/data/LRAC55MASEQ156S",
    "target_age": "Pensionsmyndigheten, https://www.pensionsmyndigheten.se/ga-i-pension/planera-din-pension/"
                  "pensionsaldrar-och-riktalder, and as quoted in https://www.dagensps.se/privatekonomi/"
                  "da-hojs-sveriges-pensionsalder-igen/",
    "response": "Pensionsmyndigheten, Pensionsåldrar och arbetslivets längd 2025, https://pensionsmyndigheten.se/"
                "statistik/publikationer/pensionsaldrar-arbetslivets-langd-2025",
    "nurses_leave": "Vårdfokus 2016, https://www.vardfokus.se/yrkesroller/sjukskoterska/"
                    "allt-fler-sjukskoterskor-flyr-landstingen-2/",
    "assessors_leave": "SCB as ordered by Akademikerförbundet SSR, https://akademssr.se/post/"
                       "dags-att-stoppa-kompetensflykten-i-samhallsvetaryrken-i-kommunerna",
    "programme": "Kommunal 2018, https://blogg.kommunal.se/utredare/2018/03/02/"
                 "ett-yrkesprogram-som-forbereder-eleverna-infor-arbetslivet/",
    "nursing_students": "UKÄ and Socialstyrelsen 2019, https://www.framtidensvardkompetens.se/2019/02/21/"
                        "fler-examinerade-inom-halso-och-sjukvardsomradet/",
    "men_nurses": "Vårdfokus 2007, https://www.vardfokus.se/webbnyheter/2007/4/manliga-sjukskoterskor-blir-inte-fler/",
    "graduates": "Forte, https://forte.se/artikel/nar-systrar-och-socionomer-lamnar/",
    "integration": "Entreprenörskapsforum, När blir utrikes födda självförsörjande?, "
                   "https://5dok.org/document/eqo57pmy-naer-blir-utrikes-foedda-sjaelvfoersoerjande.html; "
                   "Ekonomifakta, https://www.ekonomifakta.se/Fakta/Arbetsmarknad/Integration/"
                   "forvarvsfrekvens-efter-vistelsetid-och-utbildningsniva/",
    "weekdays": "Svenskt Näringsliv, https://www.svensktnaringsliv.se/fragor/fakta-om-loner-och-arbetstid/fola2016/"
                "9-tidsanvandning-och-franvaro_647900.html",
    "leave": "collective agreement AB as quoted in https://ka.se/2017/06/14/"
             "varfor-ska-vi-med-lonebidrag-fa-kortare-semester/",
    "user_time": "Jordahl & Persson 2018, https://kuriren.nu/nyheter/henrik-jordahl-en-effektivare-hemtjanst-"
                 "nm4833022.aspx",
    "presence": "Socialstyrelsen 2022 as quoted by SVT, https://www.svt.se/nyheter/granskning/"
                "demenssjuka-nekas-tid-utomhus-stora-skillnader-pa-landets-demensboenden",
    "night": "IVO's decisions as quoted in https://ka.se/2018/01/15/det-avgor-om-boende-far-tillstand/",
}


def page(*names):
    return "; ".join(PAGES[name] for name in names)


def number(value, digits=4):
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def ranged(values, digits=4):
    low, middle, high = values
    if not low <= middle <= high:
        raise ValueError(f"{values} are not low, middle, high")
    return [number(v, digits) for v in values]


def solve(f, low, high):
    """Where f, rising, passes 0."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


class Figures:
    """The figures as collected, by (indicator, year, sex)."""

    def __init__(self, folder, data):
        self.rows = list(read(folder / "national_care_workforce.csv"))
        self.turnover = [r for r in read(folder / "municipal_staff_indicators.csv")
                         if r["indicator"] == "turnover_assistant_nurse_care_aide"]
        self.clients = [r for r in read(folder / "municipal_staff_indicators.csv")
                        if r["indicator"] == "elder_clients_per_needs_assessor" and r["area_code"] == NATION]
        self.labour = list(read(folder / "labour_force_sweden.csv"))
        self.people = collections.Counter()
        for r in read(data / "population_county" / "population_county_age_sex_1968_2015.csv"):
            if r["year"] in ("2010", "2015"):
                self.people[r["year"], r["sex"], int(r["age"])] += int(r["population"])
        for r in read(data / "population_municipality_2019" / "population_municipality_age_sex_2019.csv"):
            self.people[r["year"], r["sex"], int(r["age"])] += int(r["population"])

    def of(self, indicator, year, sex="total"):
        found = [r for r in self.rows if r["indicator"].startswith(indicator)
                 and (r["year"], r["sex"]) == (year, sex)]
        if len(found) != 1:
            raise ValueError(f"{indicator} {year} {sex}: {len(found)} rows")
        return float(found[0]["value"])


REGISTER = {ASSISTANT: "staff: assistant nurse", AIDE: "staff: care aide"}
LICENSED = {NURSE: "staff: registered nurse (", OCCUPATIONAL: "staff: occupational therapist (",
            PHYSIO: "staff: physiotherapist ("}
# Shares of women: of assistant nurses 2016, of care assistants 2018 (taken for 2015), of the licensed 2019
# (taken for 2015), of managers in care 2020; of needs assessors an assumption.
WOMEN = {ASSISTANT: 0.92, AIDE: 0.76, NURSE: 0.92, OCCUPATIONAL: 0.93, PHYSIO: 0.79, MANAGER: 0.86, SOCIAL: 0.87}


def occupation_of(indicator):
    return next(name for title, name in TITLES.items() if title in indicator)


def observed_staff(figures):
    rows, used = [], []
    for r in figures.rows:
        if not r["indicator"].startswith(("staff: ", "staff municipal: ")) or " share " in r["indicator"]:
            continue
        definition = ("municipal" if "municipal" in r["indicator"]
                      else "register" if "SSYK" in r["indicator"] else "licensed")
        rows.append([r["year"], occupation_of(r["indicator"]), definition, SEX[r["sex"]], r["value"]])
        used.append(r)
    write("workforce_staff_sweden", ["year", "occupation", "definition", "sex", "heads"], sorted(rows),
          title="Staff of care by occupation as published, Sweden", unit="persons", basis="observed",
          known_from=2024, source=sources(used), licence=QUOTED,
          note="three definitions that must not be added or joined. register: employees of 16-64 in all sectors, "
               "care assistants with those of disability care, hourly paid included. licensed: in elder care in "
               "November, all employers. municipal: employees of municipalities in elder care, rounded, private "
               "employers left out. Figures of year y were published one to three years later")


def elder_part(figures):
    """The part of the register's care assistants who work in elder care: by SKR's counts, with private employers
    in the ratio that they have among assistant nurses."""
    municipal = figures.of("staff municipal: assistant nurse", "2019")
    others = figures.of(REGISTER[ASSISTANT], "2018") / municipal
    return figures.of("staff municipal: care aide", "2019") * others / figures.of(REGISTER[AIDE], "2018")


def base_staff(figures):
    """Heads of the nation in 2015/2016, (low, middle, high)."""
    assistants = figures.of(REGISTER[ASSISTANT], "2016")
    aides = figures.of(REGISTER[AIDE], "2016")
    staff = {ASSISTANT: (assistants,) * 3,
             AIDE: (figures.of("staff municipal: care aide", "2019"), aides * elder_part(figures), aides)}
    for name, indicator in LICENSED.items():
        staff[name] = (figures.of(indicator, "2015"),) * 3
    clients = float(next(r["value"] for r in figures.clients if r["year"] == "2013"))
    assessors = PEOPLE_WITH_CARE / clients
    staff[SOCIAL] = (0.85 * assessors, assessors, 1.25 * assessors)
    led = staff[ASSISTANT][1] + staff[AIDE][1]
    staff[MANAGER] = (led / 50, led / 46, led / 42)
    return staff


PEOPLE_WITH_CARE = 250500  # home care or special housing, 65 and over, 2012: care_users_sweden.csv


def staff(figures):
    by_sex = [[name, sex, NATION, *ranged([v * (WOMEN[name] if sex == "female" else 1 - WOMEN[name])
                                           for v in values], 0)]
              for name, values in base_staff(figures).items() for sex in ("female", "male")]
    write("workforce_staff", ["occupation", "sex", "area", *RANGE], by_sex,
          title="Staff of elder care by occupation and sex, Sweden, for 31 December 2015", unit="persons",
          basis="estimated", known_from=2022,
          source="SCB Yrkesregistret 2016; Socialstyrelsen, Lägesrapport 2021, 2022; SKR; Socialstyrelsen & SKL, "
                 "Öppna jämförelser 2014; " + page("span", "managers_women"),
          licence=QUOTED,
          note="assistant nurses: 138 100 of 2016, 92 % women (observed). Care assistants: 76 500 of 2016, of whom "
               f"{elder_part(figures):.2f} in elder care: SKR's 30 000 with private employers as among assistant "
               "nurses, 135 000 to 105 000; low: SKR's alone, high: all; 76 % women as in 2018. Licensed: November "
               "2015, shares of women of 2019. First-line managers: not counted anywhere that was found; one for 46 "
               "assistants (50 in special housing, 42 in home care). Needs assessors: 250 500 people with care over "
               "134 clients each (2013), an assumption that these are all their clients, 87 % women assumed")


def growth(figures):
    first, last = (figures.of("staff_residential_care_sni87301", y) for y in ("2008", "2015"))
    later = figures.of("staff_residential_care_sni87301", "2010")
    care = (0.0, (last / first) ** (1 / 7) - 1, (last / later) ** (1 / 5) - 1)
    values = {name: care for name in OCCUPATIONS}
    for name, indicator in LICENSED.items():
        change = (figures.of(indicator, "2016") / figures.of(indicator, "2014")) ** 0.5 - 1
        values[name] = (change - 0.01, change, change + 0.01)
    write("workforce_growth", ["occupation", *RANGE],
          [[name, *ranged(values[name])] for name in OCCUPATIONS],
          title="Yearly growth of staff as it was known around the base year, Sweden", unit="per year",
          basis="estimated", known_from=2017, licence=QUOTED,
          source=sources([r for r in figures.rows if "sni87301" in r["indicator"]
                          or "licensed" in r["source"]]),
          note="assistants, managers and needs assessors: staff of residential care 2008-2015 (143 200 to 149 000), "
               "taken for all of them; high: 2010-2015, low: none. Licensed: 2014-2016, +- 0.01: the figures of 2014 "
               "are rounded to hundreds and from another report. From 2016 to 2022 assistant nurses fell by 1.0 % a "
               "year, which a forecast of 2015 could not know")


# Only those of women who are assistant nurses or care assistants are observed (2021).
MEAN_AGES = {(ASSISTANT, "female"): (44, 45, 46), (ASSISTANT, "male"): (38, 41, 44),
             (AIDE, "female"): (35, 36, 37), (AIDE, "male"): (30, 33, 36),
             (NURSE, "female"): (44, 47, 49), (NURSE, "male"): (41, 44, 47),
             (OCCUPATIONAL, "female"): (42, 45, 48), (OCCUPATIONAL, "male"): (39, 42, 45),
             (PHYSIO, "female"): (40, 43, 46), (PHYSIO, "male"): (38, 41, 44),
             (SOCIAL, "female"): (39, 42, 45), (SOCIAL, "male"): (38, 41, 44),
             (MANAGER, "female"): (46, 48, 49), (MANAGER, "male"): (45, 47, 49)}


def mean_ages(figures):
    for name in (ASSISTANT, AIDE):
        indicator = "mean_age: " + REGISTER[name].removeprefix("staff: ")
        if figures.of(indicator, "2021", "women") != MEAN_AGES[name, "female"][1]:
            raise ValueError(f"the mean age of {name} is not the published one")
    write("workforce_mean_age", ["occupation", "sex", "year", "basis", *RANGE],
          [[*key, "2021", "observed" if key in ((ASSISTANT, "female"), (AIDE, "female")) else "assumed",
            *ranged(values)] for key, values in MEAN_AGES.items()],
          title="Mean age of staff by occupation and sex", unit="years", basis="assumed", known_from=2023,
          source="SCB Yrkesregistret 2021; otherwise " + OWN + "; " + page("oldest"), licence=QUOTED,
          note="observed: women who are assistant nurses (45) or care assistants (36), employees of 16-64 in 2021, "
               "taken for 2015. All others are assumed. First-line managers: heads of elder care at level 1 have 51 "
               "years (women, 2018), those of level 2 are not among the 25 oldest occupations, which end at 48. No "
               "count of staff by age was found")


# The share of the others' hours is estimated: OECD has 8.9 full-time equivalents (2020) for 11.7 workers (2021)
# per 100 aged 65 and over, and 50.3 % in part time.
FULL_TIME = {ASSISTANT: (0.45, 0.52, 0.59), AIDE: (0.35, 0.45, 0.59), NURSE: (0.55, 0.62, 0.70),
             OCCUPATIONAL: (0.55, 0.65, 0.75), PHYSIO: (0.55, 0.65, 0.75), SOCIAL: (0.75, 0.85, 0.95),
             MANAGER: (0.90, 0.95, 1.0)}


def part_time_extent(figures):
    ratio = figures.of("ltc_fte_per_100_65plus", "2020") / figures.of("ltc_workers_per_100_65plus", "2021")
    part = figures.of("ltc_part_time_share", "2021") / 100
    return (ratio - (1 - part)) / part


def posts_per_head(figures, name):
    """Full-time equivalents of one of the staff."""
    return FULL_TIME[name][1] + (1 - FULL_TIME[name][1]) * part_time_extent(figures)


def full_time(figures):
    write("workforce_full_time", ["occupation", "basis", *RANGE],
          [[name, "observed" if name in (ASSISTANT, NURSE) else "assumed", *ranged(FULL_TIME[name])]
           for name in OCCUPATIONS],
          title="Share of staff who work full time", unit="share of the staff", basis="assumed", known_from=2023,
          source="SKR via Landets Fria 2023 and Kommunalarbetaren 2023; otherwise " + OWN, licence=QUOTED,
          note="observed: assistant nurses 52 % and nurses 62 %, municipal, 2022. All of elder and disability care: "
               "59 %, 2021. The others are assumed")
    write("workforce_part_time", ["parameter", *RANGE],
          [["part_time_extent", *ranged((0.45, part_time_extent(figures), 0.75))]],
          title="Mean extent of posts of those who do not work full time, Sweden", unit="share of full time",
          basis="estimated", known_from=2023,
          source=sources([r for r in figures.rows if r["indicator"].startswith("ltc_")]), licence=QUOTED,
          note="so that 8.9 full-time equivalents (2020) are 11.7 workers (2021) of whom 50.3 % work part time: "
               "hourly paid staff included, a third of whom work little. High: what permanent part-timers may "
               "have, an assumption")


AGE_GROUPS = (16, 20, 25, 35, 45, 55, 60, 65, 70)
# Employed 2015 by RAMS to 54; 55-64 is published as one group (76.6 and 73.8 %) and split by assumption, as are
# those of 65 and over.
SHAPE = {"male": (0.171, 0.606, 0.774, 0.856, 0.855, 0.84, 0.685, 0.20, 0.09),
         "female": (0.217, 0.609, 0.738, 0.831, 0.842, 0.82, 0.65, 0.13, 0.05)}
# Men of 15-24 and 55-64 in the labour force: of 2010 the mean of its quarters; for 2019 the old of 2015, mean of
# three quarters, as the latest that was found.
ANCHORS = {"2010": (0.5208, 0.7811), "2019": (None, 0.8057)}


def group(age):
    return max(i for i, first in enumerate(AGE_GROUPS) if age >= first)


def shifted(share, shift):
    """The share with its log odds raised by shift."""
    return 1 / (1 + math.exp(-shift) * (1 - share) / share)


class Participation:
    """The shape of employment with log odds shifted below 25, at 25-54 and from 55 on: from 55 on as of men,
    below 25 as at 25-54 except where men have a figure."""

    def __init__(self, figures, year, totals):
        self.figures, self.year, self.totals = figures, year, totals
        young_men, old_men = ANCHORS[year]
        old = solve(lambda d: self.mean("male", (0, 0, d), 55, 65) - old_men, -3, 3)
        self.shifts = {}
        for sex, total in totals.items():
            young = (solve(lambda d: self.mean(sex, (d, 0, 0), 15, 25) - young_men, -3, 3)
                     if sex == "male" and young_men else None)

            def shifts(d):
                return (d if young is None else young, d, old)
            self.shifts[sex] = shifts(solve(lambda d: self.mean(sex, shifts(d), 15, 75) - total, -3, 5))

    def share(self, sex, shifts, age):
        """Those of 15, whom nobody published, take part half as much as those of 16-19: an assumption."""
        if age == 15:
            return self.share(sex, shifts, 16) / 2
        return shifted(SHAPE[sex][group(age)], shifts[0 if age < 25 else 1 if age < 55 else 2])

    def mean(self, sex, shifts, first, end):
        people = {age: self.figures.people[self.year, sex, age] for age in range(first, end)}
        return (sum(n * self.share(sex, shifts, age) for age, n in people.items())
                / sum(people.values()))

    def of(self, sex, age):
        return self.share(sex, self.shifts[sex], age)

    def both(self):
        """The share of both sexes of 15-74, which must come out as published."""
        people = {sex: sum(self.figures.people[self.year, sex, a] for a in range(15, 75)) for sex in self.totals}
        return sum(n * self.mean(sex, self.shifts[sex], 15, 75) for sex, n in people.items()) / sum(people.values())


def participation(figures):
    rows, came_out = [], []
    for year, label in (("2010", "annual mean"), ("2019", "Q4")):
        totals = {SEX[r["sex"]]: float(r["value"]) / 100 for r in figures.labour
                  if (r["indicator"], r["year"]) == ("labour_force_participation", year)}
        published = totals.pop("both")
        model = Participation(figures, year, totals)
        if abs(model.both() - published) > 0.0006:  # published to a tenth of a percent
            raise ValueError(f"participation of {year} is {model.both():.4f}, published {published}")
        rows += [[year, sex, first, number(model.of(sex, first), 3)] for sex in totals for first in AGE_GROUPS]
        came_out.append(f"{year} ({label}): both sexes {100 * model.both():.1f} %, published {100 * published:.1f} %; "
                        + ", ".join(f"{sex} 25-54 {100 * model.mean(sex, model.shifts[sex], 25, 55):.0f} %"
                                    for sex in totals))
    write("workforce_participation", ["year", "sex", "age", "share"], rows,
          title="Share of people in the labour force by sex and age, Sweden", unit="share of the people",
          basis="estimated", known_from=2019, age_definition="end_of_year",
          source="SCB AKU 2010 and Q4 2019 (totals); " + page("employed", "young_old"), licence=QUOTED,
          note="the totals of 15-74 are observed: 73.9 % of men, 67.4 % of women in 2010, 74.8 and 70.5 % in 2019. "
               "The shape is assumed: employment by age of 2015 with log odds shifted so that men of 55-64 have "
               "78.1 % (2010; 80.6 % of 2015 taken for 2019), men of 15-24 52.1 % (2010), and the total comes out; "
               "women from 55 on by the shift of men. The split of 55-64, all from 65 on, and 15 are assumed. What "
               "came out: "
               + "; ".join(came_out))


def age_mix(figures, name, sex, year="2019"):
    """Staff by age: the labour force of 16-64 by exp(theta age), so that the mean age is met."""
    totals = {SEX[r["sex"]]: float(r["value"]) / 100 for r in figures.labour
              if (r["indicator"], r["year"]) == ("labour_force_participation", "2010") and r["sex"] != "total"}
    model = Participation(figures, "2010", totals)

    def weights(theta):
        return {age: figures.people[year, sex, age] * model.of(sex, age) * math.exp(theta * (age - 45))
                for age in range(16, 65)}

    def mean(theta):
        of = weights(theta)
        return sum(age * w for age, w in of.items()) / sum(of.values())
    of = weights(solve(lambda theta: mean(theta) - MEAN_AGES[name, sex][1], -0.5, 0.5))
    return {age: w / sum(of.values()) for age, w in of.items()}


# Yearly hazard of retiring in the year in which one reaches the age: the shape, assumed, with the pension age 65.
RETIREMENT = {55: 0.005, 56: 0.005, 57: 0.005, 58: 0.005, 59: 0.005, 60: 0.02, 61: 0.06, 62: 0.08, 63: 0.10,
              64: 0.15, 65: 0.50, 66: 0.45, 67: 0.50, 68: 0.40, 69: 0.40, 70: 0.50, 71: 0.50, 72: 0.50, 73: 0.50,
              74: 0.50}


def hazard(age, power):
    """The shape with all cumulated hazards times power."""
    return 1 - (1 - RETIREMENT.get(age, 0.0)) ** power


def retired_in_ten_years(mix, power):
    """The share of today's staff who retire within ten years, if none dies or leaves otherwise."""
    left, retired = dict(mix), 0.0
    for _ in range(10):
        older = {age + 1: n for age, n in left.items()}
        retired += sum(n * hazard(age, power) for age, n in older.items())
        left = {age: n * (1 - hazard(age, power)) for age, n in older.items()}
    return retired


def mean_retirement_age(power):
    alive, total = 1.0, 0.0
    for age in range(55, 75):
        total += alive * hazard(age, power) * age
        alive *= 1 - hazard(age, power)
    return total + alive * 75


def retirement(figures):
    staff_of = {name: figures.of(REGISTER[name], "2018") for name in REGISTER}
    published = {name: figures.of("retirements_10y: " + REGISTER[name].removeprefix("staff: "), "2019")
                 for name in REGISTER}
    mixes = {name: {sex: age_mix(figures, name, sex) for sex in ("female", "male")} for name in REGISTER}

    def retired(name, power):
        women = WOMEN[name] if name == AIDE else 0.91
        return staff_of[name] * (women * retired_in_ten_years(mixes[name]["female"], power)
                                 + (1 - women) * retired_in_ten_years(mixes[name]["male"], power))
    alone = solve(lambda k: retired(ASSISTANT, k) - published[ASSISTANT], 0.1, 5)
    middle = solve(lambda k: sum(retired(n, k) for n in REGISTER) - sum(published.values()), 0.1, 5)
    skr = solve(lambda k: retired(ASSISTANT, k) / staff_of[ASSISTANT] - 38000 / 115000, 0.1, 5)
    powers = (alone, middle, skr)
    ages = {0: (0.0, 0.0, 0.0), **{age: tuple(hazard(age, k) for k in powers) for age in RETIREMENT}}
    write("workforce_retirement", ["age", *RANGE],
          [[age or 16, *ranged(values)] for age, values in ages.items()],
          title="Yearly hazard of retiring by age, with the pension age 65", unit="per year", basis="estimated",
          known_from=2022, age_definition="end_of_year",
          source=sources([r for r in figures.rows if r["indicator"].startswith(("retirements", "mean_retirement"))])
          + "; SKR personnel forecast 2021-2031", licence=QUOTED,
          note="the shape is assumed, the level fitted to ten-year retirements of today's staff without deaths and "
               "other exits. Low: 35 000 of 135 000 assistant nurses 2019-2028 alone; middle: these and 11 000 of "
               "77 000 care assistants together; high: SKR's 38 000 of 115 000. No age is told apart by sex or "
               "occupation: nothing was found")
    check(powers, retired, published, staff_of)


def check(powers, retired, published, staff_of):
    rows = [[name, "ten_year_retirements", f"{published[name]:.0f}",
             *(f"{retired(name, k):.0f}" for k in powers)] for name in REGISTER]
    rows.append(["all", "mean_retirement_age", "64", *(f"{mean_retirement_age(k):.1f}" for k in powers)])
    write("workforce_retirement_check", ["occupation", "indicator", "published", *RANGE], rows,
          title="What the hazards of retiring say against what is published", unit="persons, years",
          basis="estimated", known_from=2021, source="Socialstyrelsen, Lägesrapport 2021; SKR via Kommunalarbetaren",
          licence=QUOTED,
          note="staff of 2018 by age from the mean ages 45 and 36 of women and the assumed 41 and 33 of men. Both "
               "published numbers cannot be met by one hazard: mean ages alone give too few old care assistants "
               "and, at the level that fits both together, too many old assistant nurses. The published mean age "
               "is of all who retire from municipalities and regions in 2021 (above 64)")


def pension_age():
    law = {year: 65 if year < 2023 else 66 if year < 2026 else 67 for year in range(2010, 2051)}
    write("workforce_pension_age", ["year", "law", *RANGE],
          [[year, age, *ranged([65 + part * (age - 65) for part in (0.4, 0.7, 1.0)])]
           for year, age in law.items()],
          title="Pension age that people follow, by year", unit="years", basis="assumed", known_from=2025,
          source=page("target_age", "response"), licence=QUOTED,
          note="law: age for guarantee pension, 65 to 2022, 66 from 2023, the target age 67 of 2026-2031; from 2032 "
               "on it is not decided and held at 67. When the law went up by one year in 2023, the mean age of "
               "drawing a pension rose from 64.8 (2022) to 65.5 (2024): seven tenths of it are taken over (low: "
               "four, high: all, assumptions). A forecast of 2015 could not know this law")


EXIT_AGES = {16: 1.8, 25: 1.3, 35: 1.0, 45: 0.8, 55: 0.6, 65: 0.0}
EXITS = {ASSISTANT: (0.03, 0.05, 0.07), AIDE: (0.08, 0.12, 0.18), NURSE: (0.03, 0.05, 0.075),
         OCCUPATIONAL: (0.03, 0.05, 0.075), PHYSIO: (0.03, 0.05, 0.075), SOCIAL: (0.06, 0.12, 0.20),
         MANAGER: (0.04, 0.08, 0.12)}


def exits(figures):
    nation = figures.of("turnover_assistant_nurse_care_aide", "2005")
    relative = {r["area_code"]: float(r["value"]) / nation for r in figures.turnover}
    write("workforce_turnover_orebro", ["year", "area", "turnover"],
          [["2005", NATION, fraction("7")]] + sorted(["2005", r["area_code"], fraction(r["value"])]
                                                     for r in figures.turnover),
          title="Share of assistant nurses and care assistants who left their municipality as an employer in a "
                "year, 2004-2005, municipalities of Örebro county; area 00 is Sweden",
          unit="per year", basis="observed", known_from=2007, source=sources(figures.turnover), licence=QUOTED,
          note="retirement and moves to other employers of care are probably in it; a single year of small staffs")
    rows = []
    for name in OCCUPATIONS:
        mix = age_mix(figures, name, "female")
        mean = sum(n * EXIT_AGES[max(f for f in EXIT_AGES if age >= f)] for age, n in mix.items())
        for first, weight in EXIT_AGES.items():
            for area in [NATION, *OREBRO]:
                own = (1 + relative.get(area, 1.0)) / 2 if name in REGISTER else 1.0
                rows.append([name, first, area, *ranged([v * weight / mean * own for v in EXITS[name]])])
    write("workforce_exit", ["occupation", "age", "area", *RANGE], rows,
          title="Yearly hazard of leaving an occupation of care for other work, by place of residence",
          unit="per year", basis="assumed", known_from=2017, age_definition="end_of_year",
          source=OWN + "; Öppna jämförelser 2007; " + page("nurses_leave", "assessors_leave"), licence=QUOTED,
          note="levels are assumed below what is published of leaving an employer: 7 % of assistants a year (2005, "
               "all causes), 6.3-7.9 % of nurses in half of the county councils (2015, without retirement), 28 % of "
               "needs assessors and others leaving their post (2016-2017). By age: weights assumed, the mean over "
               "staff is the level. By municipality: half-way from the nation to its own turnover of 2004-2005, "
               "assistants alone; half since it is one year, and 20 years old")


CHANGES = {(AIDE, ASSISTANT): (0.02, 0.04, 0.06), (ASSISTANT, NURSE): (0.0005, 0.001, 0.002),
           (ASSISTANT, MANAGER): (0.0002, 0.0005, 0.001), (NURSE, MANAGER): (0.002, 0.004, 0.008),
           (OCCUPATIONAL, MANAGER): (0.002, 0.004, 0.008), (PHYSIO, MANAGER): (0.002, 0.004, 0.008),
           (SOCIAL, MANAGER): (0.005, 0.01, 0.02), (MANAGER, NURSE): (0.002, 0.005, 0.01),
           (MANAGER, SOCIAL): (0.002, 0.005, 0.01)}


def changes():
    write("workforce_change", ["occupation", "to_occupation", *RANGE],
          [[*key, *ranged(values)] for key, values in CHANGES.items()],
          title="Yearly hazard of changing from one occupation of care to another", unit="per year", basis="assumed",
          known_from=2000, source=OWN + "; nothing was found", licence="CC0",
          note="pairs that are left out do not happen. Care assistants become assistant nurses by courses beside "
               "work: about 1500 a year")


# education, occupation, places, completion, enters, women, years from admission to work
EDUCATIONS = {
    "upper_secondary_care": (ASSISTANT, (3000, 3850, 4600), (0.55, 0.65, 0.75), (0.44, 0.6, 0.7), 0.8, 3),
    "adult_assistant_nurse": (ASSISTANT, (7000, 10700, 14000), (0.6, 0.7, 0.8), (0.65, 0.8, 0.9), 0.85, 2),
    "adult_care_assistant": (AIDE, (3000, 4450, 6000), (0.6, 0.7, 0.8), (0.65, 0.8, 0.9), 0.75, 1),
    "nursing": (NURSE, (5600, 5900, 6200), (0.65, 0.71, 0.8), (0.05, 0.1, 0.15), 0.87, 3),
    "occupational_therapy": (OCCUPATIONAL, (400, 550, 700), (0.7, 0.8, 0.9), (0.1, 0.15, 0.25), 0.9, 3),
    "physiotherapy": (PHYSIO, (400, 550, 700), (0.7, 0.8, 0.9), (0.05, 0.1, 0.2), 0.75, 3),
    "social_work": (SOCIAL, (2400, 2700, 3000), (0.65, 0.75, 0.85), (0.04, 0.08, 0.12), 0.85, 4)}
UPPER, ADULT, HIGHER = ({19: 0.85, 20: 0.15, 25: 0.0, 35: 0.0, 45: 0.0, 55: 0.0},
                        {19: 0.0, 20: 0.2, 25: 0.3, 35: 0.3, 45: 0.17, 55: 0.03},
                        {19: 0.0, 20: 0.4, 25: 0.4, 35: 0.15, 45: 0.05, 55: 0.0})


def education():
    source = OWN + "; SKR 2021; " + page("programme", "nursing_students", "graduates", "men_nurses")
    write("workforce_places", ["education", "area", *RANGE],
          [[name, NATION, *ranged(of[1], 0)] for name, of in EDUCATIONS.items()],
          title="Students admitted to educations of care in a year, Sweden", unit="persons per year", basis="assumed",
          known_from=2021, source=source, licence=QUOTED,
          note="nursing: nearly 6200 began in 2017/18, 5 % more than the year before, which is the middle. Upper "
               "secondary: about 2500 graduates a year (2018) over the assumed completion. Adult education: SKR's "
               "10 000 a year who begin to work as assistant nurse or care assistant (2021), of whom 6000 and 2500 "
               "are taken to come from outside and 1500 to be care assistants already (see workforce_change.csv), "
               "over the assumed completion and entry. Others are assumed. No count by municipality was found")
    rows = [[name, *ranged(of[2]), *ranged(of[3]), number(of[4])] for name, of in EDUCATIONS.items()]
    write("workforce_education", ["education", "completion_low", "completion", "completion_high", "enters_low",
                                  "enters", "enters_high", "women"], rows,
          title="Who completes an education of care, enters elder care and stays, and the share of women", unit="share",
          basis="assumed", known_from=2019, source=source, licence=QUOTED,
          note="upper secondary, enters: 1500 of 2500 work in care three years later; low: 1100 of about 2500 were "
               "established the year after. Nursing, completion: about 4200 graduates a year (above 4000) over 5900. "
               "Women: 13 % of nursing graduates were men in 2006. All others, and what part of the graduates of "
               "higher education come to elder care, are assumed")
    kinds = {"upper_secondary_care": UPPER, "adult_assistant_nurse": ADULT, "adult_care_assistant": ADULT}
    write("workforce_education_ages", ["education", "age", "weight"],
          [[name, age, number(weight)] for name in EDUCATIONS
           for age, weight in {16: 0.0, **kinds.get(name, HIGHER)}.items()],
          title="Ages at which those who have completed an education enter work, by groups of ages", unit="1",
          basis="assumed", known_from=2000, age_definition="end_of_year", source=OWN, licence="CC0",
          note="the share of the entrants in each group from 16, 19, 20, 25, 35, 45 and 55 on")


ABROAD = {ASSISTANT: (0.005, 0.01, 0.02), AIDE: (0.01, 0.025, 0.04), NURSE: (0.001, 0.002, 0.004),
          OCCUPATIONAL: (0.0, 0.0001, 0.0003), PHYSIO: (0.0, 0.0002, 0.0004), SOCIAL: (0.0, 0.0001, 0.0003),
          MANAGER: (0.0, 0.0001, 0.0002)}
DELAY = (0.02, 0.05, 0.09, 0.11, 0.12, 0.12, 0.11, 0.10, 0.08, 0.06, 0.05, 0.04, 0.03, 0.01, 0.01)


def abroad():
    write("workforce_abroad", ["occupation", *RANGE], [[name, *ranged(ABROAD[name])] for name in OCCUPATIONS],
          title="Share of immigrants of working age who come to work in an occupation of elder care, without a "
                "Swedish education for it", unit="share of the immigrants", basis="assumed", known_from=2018,
          source=OWN + "; SCB via Socialstyrelsen, Lägesrapport 2019", licence=QUOTED,
          note="foreign-born staff of residential care rose from 24 700 (2008) to 41 000 (2017), 1800 a year net, of "
               "about 75 000 immigrants of 16-74 a year; those who come by adult education are counted there")
    if abs(sum(DELAY) - 1) > 1e-9:
        raise ValueError("the delays do not sum to 1")
    write("workforce_abroad_delay", ["years_since", "share"],
          [[years, number(share)] for years, share in enumerate(DELAY)],
          title="When immigrants who come to work in elder care enter, by years since immigration", unit="share",
          basis="assumed", known_from=2018, source=OWN + "; " + page("integration"), licence=QUOTED,
          note="half of all foreign-born had work after four to five years (1990-2016), half of refugees with upper "
               "secondary school after six. The shape is assumed; here half have entered after five years")


ENTRY_AGES = {16: 0.08, 20: 0.22, 25: 0.30, 35: 0.22, 45: 0.14, 55: 0.04, 65: 0.0}


def entry_ages():
    write("workforce_entry_ages", ["age", "weight"],
          [[age, number(weight)] for age, weight in ENTRY_AGES.items()],
          title="Ages of those who enter elder care from other work, by groups of ages", unit="1", basis="assumed",
          known_from=2000, age_definition="end_of_year", source=OWN, licence="CC0",
          note="the share of the entrants in each group from 16, 20, 25, 35, 45, 55 and 65 on")


def annual_leave(figures):
    """By the collective agreement: 25 days, 31 from 40 on, 32 from 50 on; the mean over assistant nurses."""
    return sum(n * (25 if age < 40 else 31 if age < 50 else 32)
               for age, n in age_mix(figures, ASSISTANT, "female").items())


def days(figures):
    leave = annual_leave(figures)
    return {"weeks_per_year": (52, 52, 52), "days_per_week": (5, 5, 5), "public_holidays": (8, 10, 11),
            "annual_leave": (25, leave, 32), "sick_days": (14, 20, 25), "other_absence": (5, 10, 20),
            "training_days": (1, 3, 5), "hours_per_day": (7.4, 7.65, 8)}


def hours_per_post(figures):
    of = {name: values[1] for name, values in days(figures).items()}
    absent = sum(of[name] for name in ("public_holidays", "annual_leave", "sick_days", "other_absence",
                                       "training_days"))
    return (of["weeks_per_year"] * of["days_per_week"] - absent) * of["hours_per_day"]


def available(figures):
    hours = hours_per_post(figures)
    write("workforce_days", ["parameter", *RANGE],
          [[name, *ranged(values, 2)] for name, values in days(figures).items()],
          title="Days and hours of a full-time post in a year, in the form of WISN", unit="days, hours",
          basis="assumed", known_from=2020,
          source="Socialstyrelsen, Lägesrapport 2020; otherwise " + OWN + "; " + page("weekdays", "leave"),
          licence=QUOTED,
          note="public holidays: 10 of the 261 weekdays of 2015, 8 of 2016. Annual leave: 25 days, 31 from 40 on, 32 "
               "from 50 on (municipal agreement), mean over assistant nurses by age. Sick days: 20 per employee and "
               "year (2017, care staff; 21 women, 12 men); whether these are working days, and whether the first 14 "
               "are in, is not said: low, 20 calendar days. Other absence, training and hours a day (7.4 to 8) are "
               f"assumed. Middle: {hours:.0f} hours a year, {hours / 7.65:.0f} of 250 days. Workers of private "
               "employers were at work on 195 of 251 in 2015")


def tasks(figures):
    hours = hours_per_post(figures)
    direct = posts_per_head(figures, ASSISTANT)
    day = [present * 15 * 365 / hours for present in (0.17, 0.22, 0.27)]
    night = [365 * 9 / hours / residents for residents in (20, 16, 12)]
    nurses, places, at_home = 14391 * posts_per_head(figures, NURSE), 81434 / 0.97, 0.544 * 143782
    therapists = (2765 * posts_per_head(figures, OCCUPATIONAL), 1864 * posts_per_head(figures, PHYSIO))
    housing = (0.55 * nurses / places, *(t / 2 / places for t in therapists))
    home = (0.45 * nurses / at_home, *(t / 2 / at_home for t in therapists))
    around = (0.7, 1.0, 1.3)
    units = 1 / 134
    care = {AIDE: 0.17, ASSISTANT: 0.83}
    health = (NURSE, OCCUPATIONAL, PHYSIO)
    return {
        "home_care": ({"work_per_hour": (1 / 0.75, 1 / 0.58, 1 / 0.5)}, {ASSISTANT: 0.7, AIDE: 0.3}),
        "special_housing": ({"posts_per_unit": day, "night_posts_per_unit": night}, care),
        "short_term_care": ({"posts_per_unit": day, "night_posts_per_unit": night}, care),
        "day_care": ({"posts_per_unit": (0.03, 0.05, 0.1)}, {ASSISTANT: 0.6, AIDE: 0.4}),
        "safety_alarm": ({"posts_per_unit": (0.005, 0.01, 0.02)}, {ASSISTANT: 0.75, AIDE: 0.25}),
        "health_in_special_housing": ({"posts_per_unit": [sum(housing) * f for f in around]},
                                      {n: p / sum(housing) for n, p in zip(health, housing)}),
        "health_at_home": ({"posts_per_unit": [sum(home) * f for f in around]},
                           {n: p / sum(home) for n, p in zip(health, home)}),
        "assessment_home_care": ({"work_per_hour": [hours * units / (12 * 23.4) * f for f in around]}, {SOCIAL: 1.0}),
        "assessment_special_housing": ({"posts_per_unit": [units * f for f in around]}, {SOCIAL: 1.0}),
        "management_home_care": ({"work_per_hour": [1 / 0.58 / (n * direct) for n in (50, 42, 35)]}, {MANAGER: 1.0}),
        "management_special_housing": ({"posts_per_unit": [(day[1] + night[1]) / (n * direct) for n in (60, 50, 40)]},
                                       {MANAGER: 1.0}),
        "hospital": ({"posts_per_unit": [n / hours for n in (6, 9, 12)]}, {NURSE: 0.6, ASSISTANT: 0.4})}


def standards(figures):
    of = tasks(figures)
    source = OWN + "; Socialstyrelsen, Lägesrapport 2020, 2022; " + page("user_time", "presence", "night", "span")
    write("workforce_tasks", ["task", "parameter", *RANGE],
          [[name, parameter, *ranged(values, 5)] for name, (standard, _) in of.items()
           for parameter, values in standard.items()],
          title="Work that services take: hours for an hour of care, full-time posts for a unit",
          unit="hours per hour, posts per unit", basis="assumed", known_from=2022, source=source, licence=QUOTED,
          note="home care: 58 % of working time at users (observed in 15 municipalities; groups 50 to 75 %). Special "
               "housing, day: 0.22 staff present for each resident over 15 hours (26 to 39 for 100 "
               "residents by county in dementia care, 2022; less in evenings and weekends assumed), night: 9 hours, 16 "
               "residents for each of the staff (12 to 20 in permits of IVO). Short-term care as special housing. "
               "Health: the nation's nurses (55 % in special housing, 2019) and therapists (half, assumed) of 2015 "
               "over places and over users of home health care. Assessment: 134 clients for each assessor (2013), "
               "23.4 hours of home care per user and month (2012). Managers: 50 staff in special housing, 42 in home "
               "care. Day care, alarms and hospital (9 hours of nursing a day) are assumed. Ranges are assumed where "
               "none is named")
    rows = []
    for name, (_, mix) in of.items():
        if abs(sum(mix.values()) - 1) > 1e-9:
            raise ValueError(f"the mix of {name} does not sum to 1")
        shares = [round(p, 4) for p in mix.values()]
        shares[0] = round(1 - sum(shares[1:]), 4)
        rows += [[name, occupation, number(share)] for occupation, share in zip(mix, shares)]
    write("workforce_mixes", ["task", "occupation", "share"], rows,
          title="Shares of the posts of a task by occupation", unit="share of the posts", basis="assumed",
          known_from=2022, source=OWN + "; Socialstyrelsen, Lägesrapport 2022", licence=QUOTED,
          note="so that assistant nurses and care assistants of the nation are near their counts (78 and 22 % of heads "
               "in 2016); that home care has more care assistants than special housing is assumed. Health: by the "
               "nation's staff")


# What SKR's figures say of the base if all occupations grow by 30 %: 58 500 over 0.3 in all, 34 500 over 0.3
# assistant nurses; care assistants and nurses so that growth and retirements are 20 000 and 9 500.
STAFF_2021 = {ASSISTANT: (115000, 115000, 129350), AIDE: (41900, 45000, 79030), NURSE: (16000, 17300, 17300),
              OCCUPATIONAL: (2715,) * 3, PHYSIO: (1966,) * 3, SOCIAL: (1900, 2200, 2500), MANAGER: (3200, 3480, 3810)}
NEED = ["elder_care_staff_increase", "elder_care_total_recruitment", "assistant_nurse_need_increase",
        "assistant_nurse_retirements", "assistant_nurse_recruitment", "care_aide_recruitment",
        "registered_nurse_recruitment", "elder_care_staff_increase_if_part_timers_plus_3h"]


def need(data):
    rows = [r for r in read(data / "forecasts" / "published_forecasts.csv") if r["indicator"] in NEED]
    if len(rows) != len(NEED):
        raise ValueError("a published figure of the need is missing")
    write("workforce_need_sweden", ["indicator", "first_year", "last_year", "persons"],
          [[r["indicator"], "2021", "2031", r["value"]] for r in rows],
          title="Need of staff in elder care 2021-2031 as SKR published it, all employers", unit="persons",
          basis="observed", known_from=2022, source=sources(rows), licence=QUOTED,
          note="published forecasts, not outturns: +30 % staff; about 72 000 assistant nurses, nearly 20 000 care "
               "assistants, a little over 9 500 nurses to recruit. The last row: if part-timers worked three hours "
               "more a week")
    write("workforce_staff_2021", ["occupation", "sex", "area", *RANGE],
          [[name, sex, NATION, *ranged([v * (WOMEN[name] if sex == "female" else 1 - WOMEN[name])
                                        for v in STAFF_2021[name]], 0)]
           for name in OCCUPATIONS for sex in ("female", "male")],
          title="Staff of elder care by occupation and sex, Sweden, as SKR's need of 2021-2031 implies", unit="persons",
          basis="assumed", known_from=2022, source=sources(rows) + "; SCB Yrkesregistret 2021", licence=QUOTED,
          note="stated inputs: assistant nurses 34 500 over 0.3; high: the register of 2021. Care assistants: 45 000 "
               "grow by 13 500 and retire 6 300 (14 % in ten years), which is nearly 20 000; low: SKR's 34 000 with "
               "private employers, high: the register. Nurses: 17 300 likewise (retiring 25 %). In all 195 000 "
               "(58 500 over 0.3): the 7 000 who are missing are in occupations that this project does not have")


def main():
    data = retabulate.folders(sys.argv[1:])
    figures = Figures(data / "workforce", data)
    for table in (observed_staff, staff, growth, mean_ages, full_time, participation, retirement, exits, available,
                  standards):
        table(figures)
    for table in (pension_age, changes, education, abroad, entry_ages):
        table()
    need(data)


if __name__ == "__main__":
    main()
