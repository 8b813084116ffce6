#!/usr/bin/env python3
"""parliament over a file or a folder: what its command does, but that a file it breaks on ends only that file.

    parliament_side.py PATH

Prints one JSON object a file: {"file": ..., "findings": [...]} or {"file": ..., "broken": "..."}.
"""

import json
import pathlib
import sys

import parliament


def main():
    path = pathlib.Path(sys.argv[1])
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        try:
            policy = parliament.analyze_policy_string(file.read_text(), str(file))
            found = [{"issue": one.issue, "detail": str(one.detail)} for one in policy.findings]
            print(json.dumps({"file": file.name, "findings": found}))
        except Exception as error:
            print(json.dumps({"file": file.name, "broken": f"{type(error).__name__}: {error}"}))


if __name__ == "__main__":
    main()
