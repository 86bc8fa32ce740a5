#!/usr/bin/env python3
"""Holds the tables of hindcasts in models/population/README.md to what the program says today.

usage: hindcast_table_test.py KOHORT PROJECT
That of the counties takes longer, and most of it is held by county_table_test.py.
"""
import pathlib
import subprocess
import sys
import tempfile

SHOWN = ("orebro/hindcast-2010.toml", "sweden/hindcast-municipalities.toml")


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2])
    readme = (project / "models/population/README.md").read_text(encoding="utf-8").splitlines()
    wrong = False
    with tempfile.TemporaryDirectory() as folder:
        for plan in SHOWN:
            judged = pathlib.Path(folder) / "judged.json"
            command = [kohort, "hindcast", project / "scenarios" / plan, "--format", "json"]
            with open(judged, "w", encoding="utf-8") as file:
                subprocess.run(command, check=True, stdout=file, cwd=folder)
            table = subprocess.run([sys.executable, project / "scenarios/hindcast_table.py", judged],
                                   check=True, capture_output=True, text=True).stdout.splitlines()
            stale = [line for line in table if line not in readme]
            for line in stale:
                print(f"{plan}: not in the README: {line}")
            wrong |= bool(stale)
    if wrong:
        print("make the tables of models/population/README.md again, as is said there")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
