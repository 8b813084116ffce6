"""Rich display: what policies and names can do to a notebook, which is nothing."""

import html.parser
import json

from conftest import ALICE, KEY_ID, READ_REPORTS, REPORT, SECRET

import iamcheck as ic

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\x1b[31m\u202e"


class Reader(html.parser.HTMLParser):
    """Collects tags, attributes and text as a browser would."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text, self.marked, self.strong = set(), set(), "", "", ""
        self._open = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, "tags are nested wrongly"

    def handle_data(self, data):
        self.text += data
        if "mark" in self._open:
            self.marked += data
            if "strong" in self._open:
                self.strong += data


KNOWN_TAGS = {"div", "strong", "br", "pre", "mark", "table", "thead", "tbody", "tr", "th", "td", "span", "code"}


def read(text):
    reader = Reader(text)
    assert reader.tags <= KNOWN_TAGS
    assert reader.attributes <= {"style"}
    assert "url(" not in text
    assert not {c for c in reader.text if ord(c) < 32 and c != "\n"}
    assert "\u202e" not in reader.text
    assert "\x1b" not in reader.text
    return reader


def hostile_policy():
    return {
        "Version": "2012-10-17",
        "Statement": [{"Sid": HOSTILE, "Effect": "Allow", "Action": "s3:*", "Resource": ["*", HOSTILE]}],
    }


def test_a_decision_marks_the_deciding_statement_and_its_element(policies):
    reader = read(policies.can(ALICE, "s3:GetObject", REPORT)._repr_html_())
    assert reader.strong == '"arn:aws:s3:::reports/*"'
    assert json.loads(reader.marked) == READ_REPORTS["Statement"][0]
    assert "NoPayroll" in reader.text
    assert "NoPayroll" not in reader.marked


def test_a_decision_without_statement_says_why(policies):
    reader = read(policies.can(ALICE, "s3:PutObject", REPORT)._repr_html_())
    assert "ImplicitlyDenied" in reader.text
    assert "no statement allows it" in reader.text
    assert "mark" not in reader.tags


def layers():
    """A set whose decision shows everything there is to show."""
    needs_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    allow = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    return ic.PolicySet(
        identity={"name": HOSTILE, "policy": {"Statement": [{**allow, "Sid": HOSTILE, "Condition": needs_mfa}]}},
        boundary={"Statement": allow},
        scp={"r-root" + HOSTILE: "FullAWSAccess", "account": {"Statement": {**allow, "Sid": "Open"}}},
    )


def test_a_decision_shows_its_layers_and_marks_its_nearest_miss():
    decision = layers().can(ALICE, "s3:GetObject", REPORT)
    reader = read(decision._repr_html_())
    assert decision.kind == "ImplicitlyDenied"
    assert [one.says for one in decision.layers] == ["allows", "allows", "does not allow", "allows"]
    for note in decision.layers:
        assert note.says in reader.text
    assert "scp at r-root<script>" in reader.text
    assert "would be allowed if `aws:MultiFactorAuthPresent` were `true`" in reader.text
    assert reader.marked == '"aws:MultiFactorAuthPresent"'
    assert reader.strong == reader.marked


def test_the_layer_that_decided_stands_out():
    allowed = layers().can(ALICE, "s3:GetObject", REPORT, {"aws:MultiFactorAuthPresent": True})
    shown = allowed._repr_html_()
    assert "<strong>identity</strong>" in shown
    assert "<strong>boundary</strong>" not in shown
    assert "<table>" in shown
    alone = ic.PolicySet(identity=READ_REPORTS).can(ALICE, "s3:GetObject", REPORT)
    assert "<table>" not in alone._repr_html_()


def test_a_credential_in_a_nearest_miss_or_a_layer_is_masked():
    condition = {"StringEquals": {"aws:PrincipalTag/aws_secret_access_key": SECRET}}
    secret = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": condition}
    named = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Sid": f"aws_secret_access_key={SECRET}"}
    policies = ic.PolicySet(identity={"Statement": secret}, boundary={"Statement": named})
    decision = policies.can(ALICE, "s3:GetObject", REPORT)
    assert "would be allowed if" in decision.nearest[0].text
    for shown in (decision.nearest[0].text, decision._repr_html_(), decision.explain(trace=True), str(decision.to_dict(trace=True))):
        assert SECRET not in shown
    assert "****" in decision._repr_html_()


def test_an_undecided_decision_names_the_keys(policies):
    decision = policies.can(ALICE, "s3:GetObject", "arn:aws:s3:::reports/payroll/x", mode="ask")
    assert "aws:MultiFactorAuthPresent" in read(decision._repr_html_()).text


def test_hostile_policies_and_names_stay_text():
    policies = ic.PolicySet(identity={"name": HOSTILE, "policy": hostile_policy()})
    decision = policies.can(ALICE + HOSTILE, "s3:GetObject" + HOSTILE, HOSTILE, {HOSTILE: HOSTILE})
    reader = read(decision._repr_html_())
    assert "<script>alert(1)</script>" in reader.text
    assert decision
    assert "\x1b" not in decision.explain() + repr(decision)


def test_hostile_findings_stay_text():
    document = hostile_policy()
    document["Statement"][0][HOSTILE] = HOSTILE
    findings = ic.lint(text=json.dumps(document), name=HOSTILE + ".json", kind="identity")
    assert len(findings) > 1
    reader = read(findings._repr_html_())
    assert "<script>" in reader.text
    assert "\x1b" not in findings.text() + str(findings) + repr(findings[0])


def test_a_credential_in_a_policy_is_masked():
    document = json.loads(json.dumps(READ_REPORTS))
    document["Statement"][0]["Sid"] = f"aws_secret_access_key={SECRET}"
    document["Id"] = f"{KEY_ID} aws_secret_access_key={SECRET}"
    decision = ic.PolicySet(identity=document).can(ALICE, "s3:GetObject", REPORT)
    shown = decision._repr_html_()
    assert "****" in shown
    assert SECRET not in shown
    assert KEY_ID not in shown
    read(shown)


def test_long_policies_are_cut_around_the_statement():
    document = json.loads(json.dumps(READ_REPORTS))
    filler = {"Effect": "Deny", "Action": [f"ec2:X{i}" for i in range(400)], "Resource": "*"}
    document["Statement"] = [filler, document["Statement"][0], filler]
    shown = read(ic.PolicySet(identity=document).can(ALICE, "s3:GetObject", REPORT)._repr_html_())
    assert shown.text.count("…") == 2
    assert len(shown.text.splitlines()) < 40
    denied = ic.PolicySet(identity=document).can(ALICE, "ec2:X3", REPORT)
    assert len(read(denied._repr_html_()).text.splitlines()) < 300


def test_many_findings_are_cut_and_counted():
    actions = [f"s3:Nothing{i}" for i in range(500)]
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": actions, "Resource": "*"}}
    findings = ic.lint(document, select="unknown-action")
    assert len(findings) == 500
    shown = findings._repr_html_()
    assert shown.count("<tr>") == 201
    assert "500 errors; the first 200 are shown" in read(shown).text


def test_no_findings_are_a_sentence():
    assert read(ic.scan("x")._repr_html_()).text == "no findings"


def test_statements_with_text_beyond_ascii_are_marked_whole():
    document = json.loads(json.dumps(READ_REPORTS))
    document["Statement"][0]["Sid"] = "Lés\N{SNOWMAN}"
    document["Statement"][0]["Resource"] = "arn:aws:s3:::reports/*"
    text = json.dumps(document, ensure_ascii=False)
    reader = read(ic.PolicySet(identity=text).can(ALICE, "s3:GetObject", REPORT)._repr_html_())
    assert json.loads(reader.marked) == document["Statement"][0]
