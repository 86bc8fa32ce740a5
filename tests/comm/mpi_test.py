#!/usr/bin/env python3
"""Real ranks: a result has the same bytes on any number of them, and they end together.

usage: mpi_test.py KOHORT_WITH_MPI KOHORT
KOHORT is the program built without MPI. More ranks are started than there may be cores.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

WITH_MPI, KOHORT = (str(pathlib.Path(name).resolve()) for name in sys.argv[1:3])
ENVIRONMENT = os.environ | {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
SCENARIO = """
format = 1
draws = 70
projection = { base_year = 2000, end_year = 2004, open_age = 5, sexes = ["female"] }
areas = { codes = ["a", "b"], groups = { both = ["a", "b"] } }
population.base = { file = "base.csv", basis = "assumed", age_definition = "end_of_year" }
population.fertility.rates = 0.0
population.mortality = { rates = 0.2, measure = "probability_of_dying" }
uncertainty.events = true
output.draws = true
[[output.threshold]]
name = "more than 100"
above = 100
[[goal]]
name = "half of them"
relative_to = 2000
at_least = 0.5
year = 2003
"""

PLAN = """
format = 1
kind = "plan"
title = "four"
base = "as it is"
differences_of = ["population/persons"]
[[scenario]]
name = "as it is"
file = "s.toml"
[[scenario]]
name = "healthier"
file = "s.toml"
set = ["population.mortality.rates=0.1"]
[[scenario]]
name = "worse"
file = "s.toml"
set = ["population.mortality.rates=0.3"]
[[scenario]]
name = "much worse"
file = "s.toml"
set = ["population.mortality.rates=0.5"]
"""


def ranks(count, *arguments):
    """The command that runs the program on some ranks, not bound to cores."""
    return ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(count), WITH_MPI,
            *arguments]


class Ranks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "s.toml").write_text(SCENARIO, encoding="utf-8")
        rows = [f"{area},{age},{40 + age}" for area in "ab" for age in range(6)]
        (self.folder / "base.csv").write_text("area,age,value\n" + "\n".join(rows) + "\n",
                                              encoding="utf-8")
        self.files = sorted(path.name for path in self.folder.iterdir())

    def run_here(self, command):
        return subprocess.run(command, cwd=self.folder, env=ENVIRONMENT, text=True, timeout=300,
                              capture_output=True)

    def bytes_of(self, command):
        ran = self.run_here(command + ["run", "s.toml", "-o", "result.h5"])
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(ran.stdout.count("result.h5: 2 areas"), 1, ran.stdout)
        result = self.folder / "result.h5"
        content = result.read_bytes()
        result.unlink()
        return content, ran.stderr

    def expect_nothing_left(self):
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), self.files)

    def test_the_bytes_are_the_same_on_any_number_of_ranks_and_threads(self):
        one, _ = self.bytes_of([WITH_MPI])
        for threads in (1, 2, 4):
            ran = self.run_here([KOHORT, "run", "s.toml", "-o", "r.h5", "--threads", str(threads)])
            self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertTrue((self.folder / "r.h5").read_bytes() == one, f"{threads} threads")
        for count in (1, 2, 4):
            content, errors = self.bytes_of(ranks(count))
            self.assertTrue(content == one, f"{count} ranks")
            lines = re.findall(r"^rank (\d) of \d: \S+, \d+ thread\(s\) on core\(s\) [\d,-]+.*; "
                               r"memory about \d", errors, re.MULTILINE)
            self.assertEqual(lines, [str(rank) for rank in range(count)] if count > 1 else [])

    def test_a_broken_scenario_gives_one_message(self):
        ran = self.run_here(ranks(3, "run", "s.toml", "--set", "draws=-1"))
        self.assertEqual(ran.returncode, 2)
        self.assertEqual(ran.stderr.count("error:"), 1, ran.stderr)
        self.expect_nothing_left()

    def test_what_cannot_be_written_ends_all_ranks(self):
        ran = self.run_here(ranks(2, "run", "s.toml", "-o", "none/result.h5"))
        self.assertEqual(ran.returncode, 4, ran.stderr)
        self.assertEqual(ran.stderr.count("error:"), 1, ran.stderr)

    def test_other_commands_are_refused(self):
        ran = self.run_here(ranks(2, "validate", "s.toml"))
        self.assertEqual(ran.returncode, 2)
        self.assertEqual(ran.stderr.count("error: 2 ranks were started"), 1, ran.stderr)

    def test_ranks_share_the_scenarios_of_a_batch(self):
        (self.folder / "plan.toml").write_text(PLAN, encoding="utf-8")
        alone = self.run_here([WITH_MPI, "batch", "plan.toml", "-o", "alone.h5"])
        self.assertEqual(alone.returncode, 0, alone.stderr)
        whole = (self.folder / "alone.h5").read_bytes()
        for count in (2, 4):
            ran = self.run_here(ranks(count, "batch", "plan.toml", "-o", f"{count}.h5"))
            self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertEqual(len(re.findall("rank . of .: .*; memory about", ran.stderr)), count)
            self.assertEqual(ran.stdout.count(f"{count}.h5: 4 scenarios"), 1, ran.stdout)
            self.assertTrue((self.folder / f"{count}.h5").read_bytes() == whole, f"{count} ranks")
            self.assertFalse((self.folder / f"{count}.h5.parts").exists())
        again = self.run_here(ranks(2, "batch", "plan.toml", "-o", "2.h5", "--resume"))
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertTrue((self.folder / "2.h5").read_bytes() == whole)
        # With some parts there: refused unless they are to be gone on with, and then not run again.
        part = self.run_here([WITH_MPI, "batch", "plan.toml", "-o", "3.h5", "--part", "2/3"])
        self.assertEqual(part.returncode, 0, part.stderr)
        refused = self.run_here(ranks(2, "batch", "plan.toml", "-o", "3.h5"))
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertEqual(refused.stderr.count("an earlier batch has left"), 1, refused.stderr)
        rest = self.run_here(ranks(2, "batch", "plan.toml", "-o", "3.h5", "--resume"))
        self.assertEqual(rest.returncode, 0, rest.stderr)
        self.assertTrue((self.folder / "3.h5").read_bytes() == whole)

    def test_a_scenario_that_fails_does_not_sink_those_of_other_ranks(self):
        wrong = PLAN + '[[scenario]]\nname = "wrong"\nfile = "s.toml"\nset = ["draws=-1"]\n'
        (self.folder / "plan.toml").write_text(wrong, encoding="utf-8")
        ran = self.run_here(ranks(2, "batch", "plan.toml", "-o", "r.h5"))
        self.assertEqual(ran.returncode, 2, ran.stderr)
        self.assertEqual(ran.stderr.count("scenario 'wrong' failed"), 1, ran.stderr)
        self.assertEqual(ran.stdout.count("r.h5: 4 scenarios"), 1, ran.stdout)

    def test_ranks_share_no_single_part(self):
        (self.folder / "plan.toml").write_text(PLAN, encoding="utf-8")
        ran = self.run_here(ranks(2, "batch", "plan.toml", "--part", "1/2"))
        self.assertEqual(ran.returncode, 2)
        self.assertEqual(ran.stderr.count("--part: error: several ranks were started"), 1, ran.stderr)

    def test_a_dry_run_says_what_each_rank_takes(self):
        ran = self.run_here(ranks(2, "run", "s.toml", "--dry-run"))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(len(re.findall("rank . of 2: .*; memory about", ran.stderr)), 2)
        self.assertEqual(ran.stdout.count("expected time"), 1)
        self.expect_nothing_left()

    def test_a_dry_run_has_no_need_of_draws_for_every_rank(self):
        for draws in ("1", "20"):
            ran = self.run_here(ranks(3, "run", "s.toml", "--dry-run", "--draws", draws))
            self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertEqual(ran.stdout.count("expected time"), 1)

    def long_run(self):
        """A run that goes on for minutes, once it projects; and the processes of its ranks."""
        mpirun = subprocess.Popen(
            ranks(2, "run", "s.toml", "-o", "result.h5", "--set", "projection.end_year=2400",
                  "--draws", "40000", "--set", "output.draws=false"),
            cwd=self.folder, env=ENVIRONMENT, text=True, stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL)
        self.addCleanup(mpirun.kill)
        seen = 0
        for line in mpirun.stderr:
            seen += "rank " in line
            if seen == 2:
                break
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(mpirun.pid)], text=True,
                                  capture_output=True, check=True).stdout.split()
        self.assertEqual(len(children), 2)
        return mpirun, [int(child) for child in children]

    def test_a_rank_that_is_killed_leaves_no_result(self):
        mpirun, processes = self.long_run()
        os.kill(processes[1], signal.SIGKILL)
        mpirun.communicate(timeout=120)
        self.assertNotEqual(mpirun.returncode, 0)
        self.expect_nothing_left()

    def test_an_interrupt_of_one_rank_ends_all(self):
        mpirun, processes = self.long_run()
        time.sleep(0.5)
        os.kill(processes[1], signal.SIGTERM)
        errors = mpirun.communicate(timeout=120)[1]
        self.assertEqual(mpirun.returncode, 130)
        self.assertEqual(errors.count("interrupted; no result was written"), 1, errors)
        self.expect_nothing_left()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
