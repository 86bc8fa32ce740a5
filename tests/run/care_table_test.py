#!/usr/bin/env python3
"""Holds the table of models/care/README.md that judges the launch of 2010 to what the program says today.

usage: care_table_test.py KOHORT PROJECT
"""
import pathlib
import subprocess
import sys
import tempfile

from county_table_test import table_of

HEADER = "| what | ages | sex |"
CONSTANT = ("care.method=prevalence", "care.trend=none")


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2])
    scenarios = project / "scenarios" / "sweden"
    with tempfile.TemporaryDirectory() as folder:
        run = [kohort, "run", scenarios / "care-2010.toml", "-o"]
        subprocess.run([*run, f"{folder}/care-2010-trend.h5"], check=True)
        changed = [word for setting in CONSTANT for word in ("--set", setting)]
        subprocess.run([*run, f"{folder}/care-2010-constant.h5", *changed], check=True)
        judged = subprocess.run([sys.executable, scenarios / "care_hindcast.py", folder], check=True,
                                capture_output=True, text=True)
    readme = (project / "models/care/README.md").read_text(encoding="utf-8")
    found, written = table_of(judged.stdout, HEADER), table_of(readme, HEADER)
    if found == written:
        return 0
    print("models/care/README.md says otherwise than the program; make its table again:")
    print("\n".join(found))
    return 1


if __name__ == "__main__":
    sys.exit(main())
