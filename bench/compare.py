#!/usr/bin/env python3
"""Runs the benchmarks and their peers side by side; prints check sums, ratios, and what has changed.

usage: compare.py [--short] [--rounds N] [--r] [--write-baseline] FOLDER_OF_BENCHMARKS

Times differ from machine to machine and from hour to hour: all that is told are ratios of one run.
Against the peers, of processor time for the same cell-years. Against the stored baseline, of times
in units of the yardstick (products and sums in registers). Exit code 1 where a check sum is off or a
program fails, never for a time. --short runs everything once, in its small sizes.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / "baseline.json"
PROGRAMS = ("projections", "quantiles", "cohort_step", "persons", "random", "chain", "files")
WHOLE = "W2.*areas:290|W4.*draws:1000|quantiles.*years:40|national_run"
YARDSTICK = "yardstick"
# Ours, by peer's work and by how near the check sums must be.
SAME_WORK = {
    "W1": (("W1<double>/kernel:9/threads:1", 1e-11), ("W1<float>/kernel:9/threads:1", 1e-6)),
    "W2": (("W2<double>/kernel:9/threads:1/areas:5", 1e-11),
           ("W2<float>/kernel:9/threads:1/areas:5", 1e-6)),
    "W4": (("W4<double>/kernel:9/threads:1/draws:16", 1e-11),
           ("W4<float>/kernel:9/threads:1/draws:16", 1e-6)),
    "W2 quantiles": (("five_quantiles/kernel:9", 1e-6),),
    "W4 quantiles": (("five_quantiles_of_nation/threads:1/years:2", 1e-6),),
}
SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def benchmarks(folder, program, short):
    """What a program measures: by name its processor seconds and its counters."""
    command = [folder / f"bench_{program}", "--benchmark_format=json",
               f"--benchmark_min_time={0 if short else 0.1}"]
    if short:
        command.append(f"--benchmark_filter=-{WHOLE}")
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    runs = json.loads(out)["benchmarks"]
    faults = [run for run in runs if run.get("error_occurred")]
    if faults or not runs:
        raise SystemExit(f"{program}: {faults or 'nothing was run'}")
    for run in runs:
        run["seconds"] = run["cpu_time"] * SECONDS[run["time_unit"]]
    return {re.sub("/(real_time|process_time)", "", run["name"]): run for run in runs}


def peer(command):
    """The peer at its best: memory that it frees stays its own, which triples its speed on draws."""
    if shutil.which(command[0]) is None:
        raise SystemExit(f"{command[0]} is not installed")
    kept = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30), "MALLOC_TOP_PAD_": str(1 << 27)}
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=False, env={**os.environ, **kept})
    if ran.returncode != 0:
        raise SystemExit(f"{command[1]} has failed ({ran.returncode}): nothing is compared")
    return json.loads(ran.stdout)


def medians(rounds):
    """One run of several: the median time, and the check sums, which do not change."""
    return {name: {**run, "seconds": statistics.median(one[name]["seconds"] for one in rounds)}
            for name, run in rounds[0].items()}


def against(peer_name, peers, ours):
    """Prints ratios of processor time; returns the faults of the check sums."""
    faults = []
    print(f"\n{'against ' + peer_name:44} {'peer':>10} {'ours':>10}   ratio  (million cell-years/s)")
    for work, theirs in peers.items():
        for name, tolerance in SAME_WORK[work]:
            run = ours[name]
            for key in ("persons", "births", "deaths"):
                if key in run and abs(run[key] / theirs[key] - 1.0) > tolerance:
                    faults.append(f"{name}: {key} {run[key]:.9g}, but {theirs[key]:.9g} by {peer_name}")
            rate = theirs["cell_years"] / theirs["seconds"]
            print(f"{name:44} {rate / 1e6:10.1f} {theirs['cell_years'] / run['seconds'] / 1e6:10.1f} "
                  f"{theirs['seconds'] / run['seconds']:7.1f}")
    return faults


def against_baseline(ours):
    stored = json.loads(BASELINE.read_text(encoding="utf-8"))
    print(f"\n{'against the baseline (above 1: slower than then)':60} ratio")
    for name, run in ours.items():
        if name in stored:
            now = run["seconds"] / ours[YARDSTICK]["seconds"]
            print(f"{name:60} {now / stored[name]:5.2f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--r", action="store_true", help="base R as well")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write-baseline", action="store_true")
    chosen = parser.parse_args()
    os.environ.pop("KOHORT_BENCH_INPUTS", None)  # the peers have inputs of their own
    rounds = 1 if chosen.short else chosen.rounds
    ours, numpy, r = [], [], []
    for _ in range(rounds):
        numpy.append(peer([sys.executable, HERE / "peers/numpy_peer.py", "1"]))
        if chosen.r:
            r.append(peer(["Rscript", HERE / "peers/r_peer.R"]))
        ours.append({})
        for program in PROGRAMS:
            ours[-1].update(benchmarks(chosen.folder, program, chosen.short))
    ours = medians(ours)
    faults = against("NumPy", medians(numpy), ours)
    if r:
        faults += against("R", medians(r), ours)
    if chosen.write_baseline:
        unit = ours[YARDSTICK]["seconds"]
        BASELINE.write_text(json.dumps({name: float(f"{run['seconds'] / unit:.4g}")
                                        for name, run in ours.items()}, indent=1) + "\n",
                            encoding="utf-8")
    else:
        against_baseline(ours)
    print("\n".join(faults) or "\nThe check sums are those of the peers.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
