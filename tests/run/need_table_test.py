#!/usr/bin/env python3
"""Holds the table of models/workforce/README.md about the national need to what the program says today.

usage: need_table_test.py KOHORT PROJECT
"""
import pathlib
import subprocess
import sys
import tempfile

from county_table_test import table_of

HEADER = "| persons, 2021-2031 |"


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2])
    scenarios = project / "scenarios" / "sweden"
    with tempfile.TemporaryDirectory() as folder:
        result = f"{folder}/need.h5"
        subprocess.run([kohort, "run", scenarios / "workforce-need-2021.toml", "-o", result], check=True)
        table = subprocess.run([sys.executable, scenarios / "workforce_need.py", result], check=True,
                               capture_output=True, text=True)
    readme = (project / "models/workforce/README.md").read_text(encoding="utf-8")
    found, written = table_of(table.stdout, HEADER), table_of(readme, HEADER)
    if found == written:
        return 0
    print("models/workforce/README.md says otherwise than the program; make its table again:")
    print("\n".join(found))
    return 1


if __name__ == "__main__":
    sys.exit(main())
