#!/usr/bin/env python3
"""Runs the examples of README.md: every block marked sh or python, in order, in an empty folder.

usage: readme_test.py KOHORT PROJECT
`./kohort` is the built program; `./check` is left out, since it would run this test again.
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def main():
    kohort, project = sys.argv[1], pathlib.Path(sys.argv[2])
    text = (project / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if not any("./kohort run" in code for _, code in blocks):
        print("README.md shows no run")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for name in ("scenarios", "python"):
            (pathlib.Path(folder) / name).symlink_to(project / name)
        (pathlib.Path(folder) / "kohort").symlink_to(kohort)
        for language, code in blocks:
            lines = [line for line in code.splitlines()
                     if not line.startswith(("./check", "git clone", "cd "))]
            command = ["sh", "-e"] if language == "sh" else ["/usr/bin/python3"]
            print(f"--- {language}\n{code}", flush=True)
            subprocess.run(command, input="\n".join(lines), text=True, cwd=folder, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
