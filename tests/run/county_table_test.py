#!/usr/bin/env python3
"""Holds the table of county launches in models/population/README.md to what the program says today.

usage: county_table_test.py KOHORT PROJECT
"""
import pathlib
import subprocess
import sys
import tempfile

HEADER = "| launch | judged | ages |"


def table_of(text):
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(HEADER))
    last = next((at for at in range(first, len(lines)) if not lines[at].startswith("|")), len(lines))
    return lines[first:last]


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2])
    scenarios = project / "scenarios" / "sweden"
    with tempfile.TemporaryDirectory() as folder:
        for scenario in sorted(scenarios.glob("counties-[0-9]*.toml")):
            subprocess.run([kohort, "run", scenario, "-o", f"{folder}/{scenario.stem}.h5"],
                           check=True)
        judged = subprocess.run([sys.executable, scenarios / "hindcast.py", folder], check=True,
                                capture_output=True, text=True)
    found = table_of(judged.stdout)
    written = table_of((project / "models/population/README.md").read_text(encoding="utf-8"))
    stale = [(old, new) for old, new in zip(written, found) if old != new]
    for old, new in stale:
        print(f"README says {old}\nbut it is   {new}")
    if stale or len(written) != len(found):
        print("make the table of models/population/README.md again, as is said there")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
