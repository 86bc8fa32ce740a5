#!/usr/bin/env python3
"""The JSON Schema of scenarios takes every shipped scenario, and refuses what is wrong by itself.

usage: schema_test.py PROJECT
"""
import json
import pathlib
import sys
import tomllib

import jsonschema

# Of the files in tests/scenario/broken, those whose mistake an editor can see by the schema alone.
SEEN = ("block_", "choice_", "key_", "range_", "section_", "type_", "value_")
# Those that only the program can judge: by other parameters, tables or files.
UNSEEN = ("care_lever_of", "contradiction_", "extends_what", "history_", "launch_", "table_not_there")


def document(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def check_shipped(project, schema, validator):
    """Mistakes about the scenarios that the project ships, and their comment for editors."""
    for path in sorted((project / "scenarios").rglob("*.toml")):
        if path.name.endswith(".card.toml") or document(path).get("kind") == "plan":
            continue
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if not first.startswith("#:schema "):
            yield f"{path}: does not name the schema"
        elif (path.parent / first.removeprefix("#:schema ")).resolve() != schema.resolve():
            yield f"{path}: names another schema: {first}"
        for error in validator.iter_errors(document(path)):
            yield f"{path}: {error.json_path}: {error.message}"


def check_broken(project, validator):
    """Mistakes about the broken scenarios: what the schema should have seen, or should not."""
    for path in sorted((project / "tests/scenario/broken").glob("*.toml")):
        seen, unseen = path.name.startswith(SEEN), path.name.startswith(UNSEEN)
        if not seen and not unseen:
            continue
        errors = [error.message for error in validator.iter_errors(document(path))]
        if seen and not errors:
            yield f"{path}: the schema finds nothing wrong"
        if unseen and errors:
            yield f"{path}: the schema finds {errors[0]}"


def main():
    project = pathlib.Path(sys.argv[1])
    schema = project / "scenarios/scenario.schema.json"
    contents = json.loads(schema.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(contents)
    validator = jsonschema.Draft7Validator(contents)
    faults = [*check_shipped(project, schema, validator), *check_broken(project, validator)]
    print("\n".join(faults) or "every scenario is as the schema says")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
