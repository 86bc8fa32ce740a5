#!/usr/bin/env python3
"""Holds W1 and W2 on the inputs of the trial programs, ../shared/perf, to what those come to.

usage: trial_inputs_test.py BENCH_PROJECTIONS PROJECT

The inputs are made by their script, which needs NumPy. The sums are those that every implementation is to hit,
by ../shared/perf/README.md; the one over all areas is what proto_w2.cpp there prints. Exit code 77 where the
folder, or NumPy, is not there.
"""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

W1 = {"persons": 5720688.227683, "births": 1975195.025487, "deaths": 3105918.509536}
EXPECTED = {
    "W1<double>/kernel:9/threads:1": (W1, 1e-12),
    "W1<float>/kernel:9/threads:1": (W1, 1e-5),
    "W2<double>/kernel:9/threads:1/areas:10": ({"persons": 131023944.3770}, 1e-12),
    "W2<float>/kernel:9/threads:1/areas:10": ({"persons": 131023944.3770}, 1e-5),
    "W2<double>/kernel:9/threads:2/areas:290": ({"persons": 6177060481.6536}, 1e-12),
}


def main():
    program, project = sys.argv[1], pathlib.Path(sys.argv[2])
    script = project.parent / "shared" / "perf" / "make_inputs.py"
    if not script.exists():
        print("skipped: the trial programs, ../shared/perf, are not there")
        return 77
    if importlib.util.find_spec("numpy") is None:
        print("skipped: this Python has no NumPy, by which the inputs are made")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, script, folder], check=True)
        command = [program, "--benchmark_format=json", "--benchmark_min_time=0",
                   "--benchmark_filter=^W[12]"]
        out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             env={**os.environ, "KOHORT_BENCH_INPUTS": folder}).stdout
    found = {run["name"].replace("/process_time/real_time", ""): run
             for run in json.loads(out)["benchmarks"]}
    wrong = 0
    for name, (sums, tolerance) in EXPECTED.items():
        for what, expected in sums.items():
            off = found[name][what] / expected - 1
            print(f"{name:42} {what:8} {found[name][what]:.6f}, off by {off:.1e}")
            wrong += not abs(off) <= tolerance
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
