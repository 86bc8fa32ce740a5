#!/usr/bin/env python3
"""Holds the tables of county launches in models/population/README.md to what the program says today.

usage: county_table_test.py KOHORT PROJECT
"""
import pathlib
import subprocess
import sys
import tempfile

HEADERS = ("| launch | judged | ages |", "| years ahead | ages |")
ENSEMBLE = ("draws=400", "uncertainty.paths=true", "uncertainty.events=true", "output.draws=true")


def table_of(text, header):
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(header))
    last = next((at for at in range(first, len(lines)) if not lines[at].startswith("|")), len(lines))
    return lines[first:last]


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2])
    scenarios = project / "scenarios" / "sweden"
    with tempfile.TemporaryDirectory() as folder:
        for scenario in sorted(scenarios.glob("counties-[0-9]*.toml")):
            run = [kohort, "run", scenario, "-o"]
            subprocess.run([*run, f"{folder}/{scenario.stem}.h5"], check=True)
            drawn = [word for setting in ENSEMBLE for word in ("--set", setting)]
            subprocess.run([*run, f"{folder}/{scenario.stem}-draws.h5", *drawn], check=True)
        judged = subprocess.run([sys.executable, scenarios / "hindcast.py", folder], check=True,
                                capture_output=True, text=True)
    readme = (project / "models/population/README.md").read_text(encoding="utf-8")
    wrong = False
    for header in HEADERS:
        found, written = table_of(judged.stdout, header), table_of(readme, header)
        stale = [(old, new) for old, new in zip(written, found) if old != new]
        for old, new in stale:
            print(f"README says {old}\nbut it is   {new}")
        wrong |= bool(stale) or len(written) != len(found)
    if wrong:
        print("make the tables of models/population/README.md again, as is said there")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
