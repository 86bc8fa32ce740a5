#!/usr/bin/env python3
"""The folders depend on each other one way only: each may include what lies below it, nothing else.

usage: include_graph_test.py PROJECT
"""
import pathlib
import re
import sys

# From the ground up. A folder may include those on lower lines, and no other on its own.
FLOORS = [
    ["engine/base", "engine/threads"],
    ["engine/table", "engine/random", "engine/comm", "engine/demography", "engine/kernels/reference"],
    ["engine/estimate", "engine/evaluate", "engine/kernels/fast"],
    # numbers in, numbers out: reads no scenario
    ["engine/scenario", "engine/sample", "engine/measure", "models/care/calibrate"],
    ["engine/input", "engine/store"],
    ["engine/model", "engine/exchange"],
    ["models/population/rates", "engine/compare", "engine/report"],
    ["models/population/fit"],
    ["models/population"],
    ["models/partition", "models/cooperation"],
    ["models/care", "models/welfare"],
    ["models/workforce"],
    ["models/linked"],
    ["engine/run"],
    ["engine/batch", "engine/hindcast"],
    ["engine/sensitivity"],
    ["engine/cli"],
]
# Headers for embedding, above everything but the command line.
FACE = "engine/kohort.hpp"
# Members of an object may be called so.
PRINTS = re.compile(r"(?<![.>\w])(std::(cout|cerr|clog|printf|puts|exit)|fmt::print|fputs|exit\()")


def folder_of(path):
    inside = [folder for floor in FLOORS for folder in floor if path.startswith(folder + "/")]
    return max(inside, key=len, default=None)


def main():
    project = pathlib.Path(sys.argv[1])
    height = {folder: floor for floor, folders in enumerate(FLOORS) for folder in folders}
    faults = []
    includes = {}
    for root in ("engine", "models"):
        for path in sorted((project / root).rglob("*.?pp")):
            name = path.relative_to(project).as_posix()
            if name == FACE:
                continue
            folder = folder_of(name)
            if folder is None:
                faults.append(f"{name}: in no known folder")
                continue
            text = path.read_text(encoding="utf-8")
            targets = re.findall(r'^#include "([^"]+)"', text, re.MULTILINE)
            includes[name] = targets
            for target in targets:
                other = folder_of(target)
                if not (project / target).is_file():
                    faults.append(f"{name}: includes {target}, which is not in the project")
                elif other != folder and height[other] >= height[folder]:
                    faults.append(f"{name}: includes {target}, which does not lie below it")
            if folder != "engine/cli" and PRINTS.search(text):
                faults.append(f"{name}: prints or exits; only engine/cli may")
    faults += cycles(includes)
    print("\n".join(faults) or f"{len(includes)} files, every include points down, no cycles")
    return 1 if faults else 0


def cycles(includes):
    """Files that include each other in a circle."""
    found, done = [], set()

    def visit(name, chain):
        if name in chain:
            found.append(" -> ".join(chain[chain.index(name):] + [name]) + ": a circle")
        elif name not in done:
            for target in includes.get(name, []):
                visit(target, chain + [name])
            done.add(name)

    for name in includes:
        visit(name, [])
    return found


if __name__ == "__main__":
    sys.exit(main())
