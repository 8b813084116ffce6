"""What the tests of the installed wheel share."""

import sysconfig
from pathlib import Path

import pytest

import iamcheck as ic

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
# The command that came with the wheel, not another one on the path.
COMMAND = str(Path(sysconfig.get_path("scripts")) / "iamcheck")

ALICE = "arn:aws:iam::111122223333:user/alice"
REPORT = "arn:aws:s3:::reports/2026.csv"
PAYROLL = "arn:aws:s3:::reports/payroll/2026.csv"

READ_REPORTS = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"},
        {
            "Sid": "NoPayroll",
            "Effect": "Deny",
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::reports/payroll/*",
            "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
        },
    ],
}

# Documented examples of AWS are only notes, so this pair is made up: the id decodes to an account,
# the secret has the shape.
KEY_ID = "AKIA" + "Z3MSJX5TQ2WKYB4D"
SECRET = "q8Zt2LrXw0" + "Vb7NcD4mKs" + "9HfPaY1uGe" + "5JxRiT3oBk"


@pytest.fixture
def policies() -> ic.PolicySet:
    return ic.PolicySet(identity={"name": "reports", "policy": READ_REPORTS})
