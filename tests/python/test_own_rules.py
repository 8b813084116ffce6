"""Rules of one's own: functions with `@iamcheck.rule`."""

import json
import pickle
import subprocess
import sys
import threading

import pytest
from conftest import EXAMPLES

import iamcheck as ic

CI_ROLE = EXAMPLES / "ci-role.json"
STAR = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::logs/*"},
        {
            "Sid": "All",
            "Effect": "Allow",
            "Action": "ec2:DescribeInstances",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:PrincipalTag/team": ["a*", "b"]}, "Bool": {"aws:SecureTransport": "true"}},
        },
    ],
}
OTHER = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


@ic.rule(
    "no-star-resource",
    severity="error",
    help="name the resources",
    confidence="medium",
    security_severity="high",
    category="our-house",
    reported=[OTHER, (STAR, "Statement[1].Resource"), (json.dumps(STAR), ["Statement[1].Resource"])],
    clean=[{"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}],
)
def no_star_resource(policy):
    """every resource is granted

    The house names its resources.
    """
    for statement in policy.statements:
        for resource in statement.resource or ():
            if statement.effect == "Allow" and resource == "*":
                yield ic.Problem(resource, related=[(statement, "this statement")], notes=["we name them"])


def reporting(*places, slug="house-rule", **options):
    """A rule that reports places, each a function of the policy or a path."""

    @ic.rule(slug, severity="warning", title="reported", **options)
    def check(policy):
        for place in places:
            yield ic.Problem(place(policy) if callable(place) else place)

    return check


def only(rule, *targets, **options):
    return ic.lint(*targets, rules=rule, select=rule.slug, **options)


def test_a_decorated_function_reports_like_a_built_in_rule(tmp_path):
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(STAR, indent=2))
    (found,) = only(no_star_resource, file, kind="identity")
    built_in = ic.lint(CI_ROLE)[0]
    assert type(found) is type(built_in) is ic.Finding
    assert found.rule == "no-star-resource"
    assert (found.severity, found.confidence, found.security_severity) == ("error", "medium", "high")
    assert (found.message, found.help) == ("every resource is granted", "name the resources")
    assert found.document_path == "Statement[1].Resource"
    assert found.path == str(file)
    lines = file.read_text().splitlines()
    assert lines[found.line - 1][found.column - 1 : found.end_column - 1] == '"*"'
    assert found.notes == ("we name them",)
    (related,) = found.related
    assert (related["message"], related["span"]["begin"]["line"]) == ("this statement", 13)
    assert len(found.fingerprint) == len(ic.lint(CI_ROLE)[0].fingerprint)
    assert found.fix is None


def test_its_findings_stand_among_the_others_in_the_order_of_the_text():
    found = ic.lint(CI_ROLE, rules=reporting(lambda policy: policy.statements[0].action[2]))
    places = [(one.line, one.column, one.end_line, one.end_column, one.rule) for one in found]
    assert [place[:2] for place in places] == sorted(place[:2] for place in places)
    rules = [one.rule for one in found]
    assert 0 < rules.index("house-rule") < len(rules) - 1
    assert [one for one in found if one.rule != "house-rule"] == list(ic.lint(CI_ROLE))


def test_every_format_and_display_knows_its_findings():
    found = only(no_star_resource, STAR)
    assert '^^^' in found.text() and "[no-star-resource]" in found.text()
    assert "every resource is granted" in found._repr_html_()
    assert list(found.to_pandas()["rule"]) == ["no-star-resource"]
    run = json.loads(found.render("sarif"))["runs"][0]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == run["results"][0]["ruleId"] == "no-star-resource"
    assert rule["shortDescription"]["text"] == "every resource is granted"
    assert rule["fullDescription"]["text"] == "The house names its resources."
    assert rule["help"]["text"] == "name the resources"
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["properties"] == {"tags": ["our-house", "security"], "precision": "medium", "security-severity": "8.0"}
    for format in ("json", "junit", "github", "gitlab", "markdown"):
        assert "no-star-resource" in found.render(format)
    # AWS has no such check.
    assert json.loads(found.render("access-analyzer")) == {"findings": []}


def test_the_fingerprint_survives_shifted_lines():
    compact = only(no_star_resource, text=json.dumps(STAR), kind="identity")
    spread = only(no_star_resource, text="\n\n" + json.dumps(STAR, indent=4), kind="identity")
    assert compact[0].fingerprint == spread[0].fingerprint
    assert compact[0].line != spread[0].line


def test_every_piece_of_a_policy_is_a_place():
    policy = ic.parse(json.dumps({**STAR, "Id": "x"}, indent=2))
    first, second = policy.statements
    principal = ic.parse(
        '{"Statement": {"Effect": "Allow", "Principal": {"AWS": ["111122223333", "444455556666"], "Service": "ec2.amazonaws.com"},'
        ' "Action": "sts:AssumeRole"}}'
    )
    entries = principal.statements[0].principal
    seen = set()
    for place, owner in [
        (first, policy),
        (first.sid, policy),
        (first.effect, policy),
        (first.action[1], policy),
        (second.action[0], policy),
        (second.resource[0], policy),
        (second.conditions[0], policy),
        (second.conditions[0].values[1], policy),
        (second.conditions[1].values[0], policy),
        (policy, policy),
        ("Version", policy),
        ("Statement", policy),
        ("Statement[0].Action", policy),
        ("Statement[0].Action[0]", policy),
        ("Statement[1].Condition", policy),
        ("Statement[1].Condition.Bool", policy),
        (entries[1], principal),
        (entries[2], principal),
        ("Statement.Principal", principal),
    ]:
        (found,) = only(reporting(lambda _, place=place: place), owner)
        begin, end = (found.to_dict()["span"][name]["offset"] for name in ("begin", "end"))
        shown = owner.source.decode()[begin:end]
        seen.add((found.document_path, shown.splitlines()[0]))
        line = owner.source.decode().splitlines()[found.line - 1]
        assert line[found.column - 1 :].startswith(shown.splitlines()[0])
        if not isinstance(place, (str, ic.Policy)):
            where = place.value if isinstance(place, ic.PrincipalEntry) else place
            assert (found.document_path, found.line, found.column) == (where.path, where.line, where.column)
            assert (begin, end) == where.span
    assert seen == {
        ("", "{"),
        ("Version", '"2012-10-17"'),
        ("Statement", "["),
        ("Statement[0]", "{"),
        ("Statement[0].Sid", '"Read"'),
        ("Statement[0].Effect", '"Allow"'),
        ("Statement[0].Action", "["),
        ("Statement[0].Action[0]", '"s3:GetObject"'),
        ("Statement[0].Action[1]", '"s3:PutObject"'),
        ("Statement[1].Action", '"ec2:DescribeInstances"'),
        ("Statement[1].Resource", '"*"'),
        ("Statement[1].Condition", "{"),
        ("Statement[1].Condition.Bool", '"Bool"'),
        ("Statement[1].Condition.Bool.aws:SecureTransport", '"true"'),
        ("Statement[1].Condition.StringLike.aws:PrincipalTag/team", '"aws:PrincipalTag/team"'),
        ("Statement[1].Condition.StringLike.aws:PrincipalTag/team[1]", '"b"'),
        ("Statement.Principal", '{"AWS": ["111122223333", "444455556666"], "Service": "ec2.amazonaws.com"}'),
        ("Statement.Principal.AWS[1]", '"444455556666"'),
        ("Statement.Principal.Service", '"ec2.amazonaws.com"'),
    }


def test_paths_are_those_of_the_built_in_rules():
    strange = [
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}},
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["s3:*"], "Resource": "arn:aws:s3:::b/*"}},
        {"Statement": {"Effect": "Allow", "NotPrincipal": "*", "Action": "s3:Get", "Resource": ["*"], "Condition": {"Bool": {"a:b": "c"}}}},
        {"Statement": [3, {"Effect": "allow", "Action": "s3:Get", "NotResource": "x", "Extra": 1, "Sid": "a b"}]},
        {"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": ["*"]}}}]},
        *(json.loads(file.read_text()) for file in EXAMPLES.glob("*.json")),
    ]
    unknown, compared = set(), 0
    for document in strange:
        policy = ic.Policy.from_dict(document)
        rows = policy._handle.places()
        known = {path if number < 0 else f"{path}[{number}]" for path, number, _, _ in rows}
        for found in ic.lint(policy, profile="strict"):
            compared += 1
            if found.document_path not in known:
                unknown.add(found.document_path)
    assert compared > 40
    # What is not there has no place in the text.
    assert unknown <= {"", "Statement[0].Effect"}


def test_texts_of_a_policy_are_texts_with_a_place():
    statement = ic.Policy.from_dict(STAR).statements[0]
    action = statement.action[1]
    assert isinstance(action, str) and action == "s3:PutObject" and {action: 1}["s3:PutObject"] == 1
    assert (action.path, action.unresolved) == ("Statement[0].Action[1]", False)
    assert json.dumps([action]) == '["s3:PutObject"]' and repr(action) == "'s3:PutObject'"
    copied = pickle.loads(pickle.dumps(action))
    assert (copied, copied.path, copied.span, copied.line) == (action, action.path, action.span, action.line)
    assert pickle.loads(pickle.dumps(statement)) == statement
    for name in ("path", "line", "other"):
        with pytest.raises(AttributeError, match="immutable"):
            setattr(action, name, 1)
    template = ic.parse('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": {"Ref": "Bucket"}}}')
    assert template.statements[0].resource[0].unresolved
    copied = pickle.loads(pickle.dumps(template.statements[0].resource[0]))
    assert copied.unresolved and copied.column == template.statements[0].resource[0].column > 1
    assert not template.statements[0].unresolved


def test_policies_inside_of_other_files_are_given_one_by_one():
    template = "\n".join(
        [
            "Here it is:",
            "```json",
            json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}),
            "```",
            "and more",
            "```json",
            json.dumps({"Role": {"AssumeRolePolicyDocument": STAR}}, indent=1),
            "```",
        ]
    )
    asked = []

    @ic.rule("look", severity="note")
    def look(policy):
        """looks"""
        asked.append((policy.name, policy.path, policy.kind, len(policy.statements)))
        again = pickle.loads(pickle.dumps(policy))
        assert again == policy
        yield ic.Problem(policy.statements[-1].resource[0])

    found = only(look, text=template, name="notes.md")
    assert asked == [
        ("notes.md", "", "identity", 1),
        ("notes.md", "Role.AssumeRolePolicyDocument", "trust", 2),
    ]
    assert [one.document_path for one in found] == [
        "Statement.Resource",
        "Role.AssumeRolePolicyDocument.Statement[1].Resource",
    ]
    lines = template.splitlines()
    for one in found:
        assert lines[one.line - 1][one.column - 1 : one.end_column - 1] == '"*"'


def test_a_rule_runs_for_its_kinds_and_is_less_sure_of_a_guessed_one():
    rule = reporting("Statement", applies_to=["scp", "identity"])
    assert only(rule, STAR, kind="scp")[0].confidence == "high"
    assert only(rule, STAR)[0].confidence == "medium"  # what it is, the content alone tells
    assert not only(rule, STAR, kind="boundary")
    assert only(reporting("Statement"), STAR)[0].confidence == "high"


def test_a_problem_can_weigh_otherwise_than_its_rule():
    @ic.rule("weigh", severity="warning", title="title", help="help")
    def weigh(policy):
        return ic.Problem("Statement", "message", help="other", severity="note", confidence="low")

    (found,) = only(weigh, STAR)
    assert (found.message, found.help, found.severity, found.confidence) == ("message", "other", "note", "low")


def test_one_problem_a_list_or_none_is_returned_too():
    for returned, count in ((None, 0), (ic.Problem("Statement"), 1), ([ic.Problem("Statement")] * 2, 2), ((), 0)):
        rule = ic.rule("returns", severity="note", title="t")(lambda policy, returned=returned: returned)
        assert len(only(rule, STAR)) == count


def test_select_and_ignore_know_slug_and_category():
    other = reporting("Statement")
    rules = [no_star_resource, other]
    assert {one.rule for one in ic.lint(STAR, rules=rules, select="our-house")} == {"no-star-resource"}
    assert {one.rule for one in ic.lint(STAR, rules=rules, select=["our-house", "house-rule"])} == {
        "no-star-resource",
        "house-rule",
    }
    assert "no-star-resource" not in {one.rule for one in ic.lint(STAR, rules=rules, ignore="our-house")}
    assert "house-rule" not in {one.rule for one in ic.lint(STAR, rules=rules, ignore="house-rule")}
    assert "house-rule" in {one.rule for one in ic.lint(STAR, rules=rules)}
    with pytest.raises(ic.UnknownNameError, match="did you mean `house-rule`"):
        ic.lint(STAR, rules=rules, select="hose-rule")
    with pytest.raises(ic.UnknownNameError):
        ic.lint(STAR, select="house-rule")


def test_functions_and_pages_go_together():
    found = ic.lint(
        CI_ROLE,
        rules=[reporting("Statement[0]"), EXAMPLES / "guardrails"],
        select=["house-rule", "roles-only-to-containers"],
    )
    assert {one.rule for one in found} == {"house-rule", "roles-only-to-containers"}


def test_comments_silence_findings_of_own_rules():
    text = json.dumps(STAR, indent=2).replace('"Resource": "*",', '"Resource": "*", // iamcheck:ignore[no-star-resource] known')
    found = only(no_star_resource, text=text, kind="identity")
    assert not found
    assert [(one.rule, one.suppression["reason"]) for one in found.suppressed] == [("no-star-resource", "known")]


def test_a_rule_has_what_it_was_made_of_and_can_be_called():
    assert no_star_resource.slug == "no-star-resource"
    assert no_star_resource.title == "every resource is granted"
    assert no_star_resource.description == "The house names its resources."
    assert len(no_star_resource.applies_to) == 8
    assert [one.place for one in no_star_resource(ic.Policy.from_dict(OTHER))] == ["*"]
    assert repr(no_star_resource) == "<PolicyRule no-star-resource: error>"
    with pytest.raises(AttributeError, match="immutable"):
        no_star_resource.slug = "x"
    assert pickle.loads(pickle.dumps(no_star_resource)) is no_star_resource


def test_the_examples_of_a_rule_are_its_test():
    no_star_resource.test()
    bad = {"reported": [STAR, {"Statement": []}, (OTHER, ["Statement[0].Action"])], "clean": [{"Statement": []}, OTHER]}
    rule = ic.rule("examples", severity="note", title="t", **bad)(no_star_resource.check)
    with pytest.raises(AssertionError) as caught:
        rule.test()
    assert str(caught.value).splitlines() == [
        "examples: reported[1]: nothing was found",
        "examples: reported[2]: found at Statement[0].Resource, not at Statement[0].Action",
        "examples: clean[1]: found at Statement[0].Resource",
    ]
    with pytest.raises(AssertionError, match="no examples"):
        reporting("Statement").test()
    reporting("Statement", applies_to="scp", reported=[STAR]).test()


def test_own_rules_run_in_threads_at_once():
    alone = list(ic.lint(CI_ROLE, STAR, rules=no_star_resource))
    results = []

    def work():
        for _ in range(5):
            results.append(list(ic.lint(CI_ROLE, STAR, rules=no_star_resource)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [alone] * 20


def test_own_rules_are_never_loaded_by_a_file_that_is_checked(tmp_path):
    # The command reads pages alone, and a page is data.
    (tmp_path / "evil.py").write_text("raise SystemExit(99)\n")
    (tmp_path / ".iamcheck.yaml").write_text("rules: [evil.py]\n")
    (tmp_path / "policy.json").write_text(json.dumps(OTHER))
    code = "import iamcheck as ic; print(len(ic.lint('policy.json')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
