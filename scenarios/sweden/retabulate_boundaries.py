#!/usr/bin/env python3
"""Writes the outlines of the municipalities and their card from the boundaries as they were collected: what
`kohort report` draws maps of.

usage: retabulate_boundaries.py DATA [TABLES]   where DATA is the folder ../shared/data and TABLES the folder
                                                to write to, by default data/ beside this script

Coordinates are rounded to a thousandth of a degree (some 100 m), which is finer than the boundaries are.
"""
import json
import pathlib
import sys

import retabulate
from retabulate import CC0, folders, write_card

NAME = "boundaries_municipalities"


def rounded_ring(ring):
    """A closed ring without points that rounding has made the same as the one before."""
    points = [[round(x, 3), round(y, 3)] for x, y in ring]
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def rounded(geometry):
    """Rings of fewer than four points are islands too small to be seen."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    kept = []
    for polygon in polygons:
        rings = [ring for ring in map(rounded_ring, polygon) if len(ring) >= 4]
        if rings:
            kept.append(rings)
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def main():
    data = folders(sys.argv[1:])
    collected = json.loads((data / "geography" / "municipalities_sweden.geojson").read_text(encoding="utf-8"))
    features = [json.dumps({"type": "Feature",
                            "properties": {"code": feature["properties"]["municipality_code"],
                                           "name": feature["properties"]["municipality_name"]},
                            "geometry": rounded(feature["geometry"])},
                           ensure_ascii=False, separators=(",", ":"))
                for feature in collected["features"]]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    (retabulate.TABLES / f"{NAME}.geojson").write_text(text, encoding="utf-8")
    write_card(NAME, title="Outlines of the municipalities of Sweden, for maps and not for measuring",
               basis="observed", known_from=2023,
               source="Statistics Sweden (SCB), digital boundaries Kommun_Sweref99TM, generalised, 2023-05-16, by "
                      "way of github.com/alexander-lindstrom/sweden-stats",
               licence=CC0, note="longitude and latitude (WGS84), rounded to a thousandth of a degree")


if __name__ == "__main__":
    main()
