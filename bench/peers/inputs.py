"""The inputs of the measured work, by the formula of engine/measure/inputs.cpp.

A nation of 290 areas that is nobody's: numbers that a sequence spreads evenly, so that every program
can make the same. Tables are [area][sex][age]; what changes is [year]... or [year][draw].
"""
import numpy as np

AREAS, YEARS, SEXES, AGES, DRAWS = 290, 40, 2, 101, 1000
ROWS = SEXES * AGES
FIRST_BEARING, END_BEARING = 15, 50
SHARE_BY_SEX = np.array([0.4878, 0.5122])
NEWBORN_EXPOSURE = 0.5


def spread(n, start):
    """The fraction of start + n g, with g the golden ratio less one."""
    position = start + np.asarray(n, dtype=float) * 0.6180339887498949
    return position - np.floor(position)


def deviate(n, start):
    return (spread(n, start) - 0.5) * 3.4641016151377544


def bell(age, mean, width):
    return np.exp(-((age - mean) / width) ** 2)


def make():
    """All tables, by name."""
    age = np.arange(AGES, dtype=float)
    area = np.arange(AREAS)
    of_area = area[:, None, None]
    cell = np.arange(AREAS * ROWS).reshape(AREAS, SEXES, AGES)
    size = np.exp(8.6 + 2.0 * spread(area, 0.1))[:, None, None] / ROWS
    shape = np.where(age <= 62, 1.0, bell(age, 62.0, 19.0))
    leaving = 0.012 + 0.11 * bell(age, 21.0, 4.5) + 0.03 * np.exp(-age / 6.0)
    infant = 0.0025 * (age == 0)
    dying = np.minimum(0.5, infant + np.stack([0.00008 + 1.1e-5 * np.exp(0.103 * age),
                                               0.00015 + 2.0e-5 * np.exp(0.100 * age)]))
    bears = (age >= FIRST_BEARING) & (age < END_BEARING)
    improvement = 0.018 * bell(age, 50.0, 45.0)
    year = np.arange(YEARS)
    n = np.arange(YEARS * DRAWS).reshape(YEARS, DRAWS)
    both = np.ones((SEXES, 1))
    share = size * (0.8 + 0.4 * spread(cell, 0.5))
    return {
        "persons": size * shape * (0.9 + 0.2 * spread(cell, 0.2)),
        "dying": (0.9 + 0.2 * spread(of_area, 0.3)) * dying,
        "leaving": (0.7 + 0.6 * spread(of_area, 0.4)) * (leaving * both),
        "arriving": size * (leaving * both),
        "bearing": (0.93 + 0.14 * spread(area, 0.6))[:, None] * bears * 0.125 * bell(age, 30.6, 6.2),
        "share": share / share.sum(0),
        "year_dying": np.exp(-improvement * year[:, None])[:, None, :] * both,
        "year_leaving": 0.95 + 0.1 * spread(year, 0.1),
        "year_arriving": 0.92 + 0.16 * spread(year, 0.2),
        "year_bearing": 0.96 + 0.08 * spread(year, 0.3),
        "response": improvement / 0.018 * np.array([[0.012], [0.014]]) + 0.002,
        "index": np.cumsum(-1.2 + 1.3 * deviate(n, 0.7), axis=0),
        "draw_arriving": np.exp(returning(0.80, 0.10 * deviate(n, 0.8))),
        "draw_bearing": np.exp(returning(0.92, 0.025 * deviate(n, 0.9))),
    }


def returning(part, shocks):
    """Levels that go back to the mean: x = part x before + shock."""
    levels = shocks.copy()
    for year in range(1, len(levels)):
        levels[year] += part * levels[year - 1]
    return levels
