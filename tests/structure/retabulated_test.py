#!/usr/bin/env python3
"""The tables of scenarios/sweden/data and launches are what their scripts write from the figures as collected.

usage: retabulated_test.py PROJECT
Writes them into an empty folder and compares every file. Skips (exit status 77) where the figures,
../shared/data, are not there. The schedules in migration_schedules_*.csv are fitted, not retabulated.
"""
import filecmp
import pathlib
import subprocess
import sys
import tempfile

SCRIPTS = ("retabulate.py", "retabulate_boundaries.py", "retabulate_care.py", "retabulate_forecasts.py",
           "retabulate_workforce.py")
OF_LAUNCHES = ("retabulate_launches.py",)
SKIPPED = 77


def rewritten(project, data, folder, scripts):
    """The names of the tables and cards that the scripts write."""
    for script in scripts:
        subprocess.run([sys.executable, "-B", project / "scenarios" / "sweden" / script, data, folder],
                       check=True)
    return sorted(path.name for path in pathlib.Path(folder).iterdir())


def main():
    project = pathlib.Path(sys.argv[1]).resolve()
    data = project.parent / "shared" / "data"
    if not data.is_dir():
        print("skipped: the figures as collected, ../shared/data, are not there")
        return SKIPPED
    sweden = project / "scenarios" / "sweden"
    wrong = []
    for committed, scripts in ((sweden / "data", SCRIPTS), (sweden / "launches", OF_LAUNCHES)):
        with tempfile.TemporaryDirectory() as folder:
            names = rewritten(project, data, folder, scripts)
            wrong += [name for name in names if not (committed / name).is_file()
                      or not filecmp.cmp(committed / name, pathlib.Path(folder) / name, shallow=False)]
        if not names:
            wrong.append(f"nothing in {committed.name}")
        if scripts is SCRIPTS:
            wrong += sorted(path.name for path in committed.glob("*") if path.name not in names
                            and not path.name.startswith("migration_schedules_"))
    for name in wrong:
        print(f"{name} differs from what {' and '.join(SCRIPTS + OF_LAUNCHES)} write")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
