#!/usr/bin/env python3
"""Runs the scripts of scenarios/slurm on a Slurm of one node, which it starts and ends.

usage: slurm_test.py KOHORT PROJECT
A plan shared by the jobs of an array, one of which is cancelled and submitted again, comes to the same bytes as on
its own. The script for MPI is tried if the program of the preset mpi is built; else its options are checked alone.
Where Slurm or munge is not installed, the user is not root, or the daemons do not come up, it is skipped (exit code 77).
"""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

PARTS = 3
PLAN = """format = 1
kind = "plan"
title = "towns"
draws = 200
set = ["uncertainty.events=true"]
base = "now"
[[grid]]
name = "dying"
file = "base/care.toml"
[[grid.axis]]
parameter = "population.mortality.rates"
values = [0.02, 0.03, 0.04, 0.05, 0.06]
[[scenario]]
name = "now"
file = "base/care.toml"
"""
SCENARIOS = 6


def skip_unless_possible():
    missing = [name for name in ("munged", "slurmctld", "slurmd", "sbatch", "srun") if not shutil.which(name)]
    if missing:
        print(f"skipped: no {', '.join(missing)}; the packages are slurm-wlm and munge")
        sys.exit(77)
    if os.geteuid() != 0:
        print("skipped: only root can start Slurm's daemons")
        sys.exit(77)


@contextlib.contextmanager
def one_node(project):
    """A running Slurm; SLURM_CONF is set while it lives."""
    script = project / "tests/slurm/one_node.sh"
    folder = tempfile.mkdtemp(prefix="kohort-slurm-", dir="/tmp")  # sockets want short names
    os.environ["SLURM_CONF"] = f"{folder}/slurm.conf"
    try:
        if subprocess.run([script, "start", folder]).returncode != 0:
            print("skipped: Slurm's daemons do not come up on this machine, for the reasons above")
            sys.exit(77)
        yield
    finally:
        subprocess.run([script, "stop", folder], check=True)
        shutil.rmtree(folder)


class Cluster:
    """Submits the scripts as a user does, from the folder of the plan."""

    def __init__(self, kohort, project, folder):
        self.scripts = project / "scenarios/slurm"
        self.folder = folder
        self.environment = dict(os.environ, KOHORT=kohort)

    def submit(self, script, *arguments, options=()):
        """Returns the number of the job."""
        command = ["sbatch", "--parsable", "--cpus-per-task=2", *options, self.scripts / script, *arguments]
        return subprocess.run(command, cwd=self.folder, env=self.environment, check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()

    def waiting(self):
        """States of the jobs that have not ended."""
        command = ["squeue", "--noheader", "--array", "--format=%T"]
        return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.split()

    def wait(self, seconds=180, until=lambda states: not states):
        end = time.monotonic() + seconds
        while not until(self.waiting()):
            if time.monotonic() > end:
                raise TimeoutError(f"jobs have not ended: {self.waiting()}\n{self.printed()}")
            time.sleep(0.2)

    def printed(self):
        return "\n".join(f"--- {file.name}\n{file.read_text()}" for file in sorted(self.folder.glob("*.out")))


def check(holds, what):
    if not holds:
        raise AssertionError(what)
    print(f"ok: {what.splitlines()[0]}", flush=True)


def test_parts(cluster, whole):
    result = cluster.folder / "shared.h5"
    parts = cluster.folder / "shared.h5.parts"
    arguments = ("plan.toml", result.name, str(PARTS))

    def submit_all():
        base = cluster.submit("parts.sbatch", *arguments, options=["--array=0"])
        array = cluster.submit("parts.sbatch", *arguments,
                               options=[f"--array=1-{PARTS}", f"--dependency=afterok:{base}",
                                        "--kill-on-invalid-dep=yes"])
        cluster.submit("merge.sbatch", "plan.toml", result.name,
                       options=[f"--dependency=afterok:{array}", "--kill-on-invalid-dep=yes"])
        return array

    # A part that is cancelled before its turn keeps the merge from beginning.
    array = submit_all()
    subprocess.run(["scancel", f"{array}_{PARTS}"], check=True)
    cluster.wait()
    check(len(list(parts.glob("*.h5"))) > 0, "the other parts have left their scenarios")
    check(not result.exists(), "no result after a part was cancelled")
    submit_all()
    cluster.wait()
    check(result.exists(), f"a result after it was submitted again\n{cluster.printed()}")
    check(result.read_bytes() == whole.read_bytes(), "the same bytes as without Slurm")
    check(not parts.exists(), "no parts are left")
    check(f"{SCENARIOS} scenarios in" in cluster.printed(), "the merge prints what the scenarios come to")


def test_mpi(cluster, project):
    program = project / "build/mpi/engine/cli/kohort"
    result = cluster.folder / "ensemble.h5"
    arguments = ("base/care.toml", result.name, "--draws", "40", "--set", "uncertainty.events=true")
    if not program.exists():
        cluster.submit("ensemble-mpi.sbatch", *arguments, options=["--test-only", "--ntasks=2"])
        print("not run: ensemble-mpi.sbatch, whose program (preset mpi) is not built; Slurm takes its options")
        return
    cluster.environment["KOHORT"] = str(program)
    cluster.submit("ensemble-mpi.sbatch", *arguments, options=["--ntasks=2"])
    cluster.wait()
    check(result.exists(), f"a result of two ranks\n{cluster.printed()}")
    alone = cluster.folder / "alone.h5"
    subprocess.run([program, "run", arguments[0], "-o", alone, *arguments[2:], "--progress", "never"],
                   cwd=cluster.folder, check=True)
    check(result.read_bytes() == alone.read_bytes(), "two ranks give the same bytes as one")


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    skip_unless_possible()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(project / "tests/scenario/broken/base", folder / "base")
        (folder / "plan.toml").write_text(PLAN)
        whole = folder / "whole.h5"
        subprocess.run([kohort, "batch", "plan.toml", "-o", whole, "--progress", "never"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        with one_node(project):
            cluster = Cluster(kohort, project, folder)
            test_parts(cluster, whole)
            test_mpi(cluster, project)
    return 0


if __name__ == "__main__":
    sys.exit(main())
