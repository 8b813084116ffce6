"""Rules of one's own that cannot be, that fail, and what hostile policies do to them."""

import json
import pickle

import pytest
from conftest import EXAMPLES, KEY_ID, SECRET
from test_own_rules import CI_ROLE, OTHER, STAR, no_star_resource, only, reporting

import iamcheck as ic


def test_long_names_over_much_are_refused_before_a_rule_is_asked():
    key = "k" * 20_000
    document = {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringLike": {key: ["v"] * 10_000}}}}
    with pytest.raises(ic.PolicyError) as caught:
        only(reporting("Statement"), text=json.dumps(document), kind="identity")
    assert caught.value.code == "limit-exceeded"


def test_two_rules_of_one_name_are_refused():
    rule = reporting("Statement")
    assert len(only(rule, STAR)) == len(ic.lint(STAR, rules=[rule, rule], select=rule.slug)) == 1
    with pytest.raises(ValueError, match="two rules 'house-rule'"):
        ic.lint(STAR, rules=[rule, reporting("Statement")])
    page = EXAMPLES / "guardrails" / "roles-only-to-containers.md"
    with pytest.raises(ValueError, match="two rules"):
        ic.lint(STAR, rules=[page, reporting("Statement", slug="roles-only-to-containers")])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"slug": "unknown-action"}, "slug: there is a built-in rule `unknown-action`"),
        ({"slug": "aws-access-key-id"}, "built-in"),
        ({"slug": ic.rules()[0].category}, "is a category"),
        ({"slug": "our-house", "category": "our-house"}, "is a category"),
        ({"slug": "Not_A_Slug"}, "slug: 'Not_A_Slug' is not lower-case"),
        ({"slug": "a--b"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"severity": "bad"}, "severity: there is no 'bad'; there are note, warning, error"),
        ({"confidence": "none"}, "confidence"),
        ({"security_severity": "huge"}, "security_severity"),
        ({"category": "Two Words"}, "category"),
        ({"applies_to": ["bucket"]}, "applies_to: there is no 'bucket'"),
        ({"applies_to": []}, "applies_to: it is empty"),
        ({"title": ""}, "title"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_where_it_is_made(options, expected):
    with pytest.raises(ValueError, match=expected):
        ic.rule(**{"slug": "some-rule", "severity": "note", **options})(lambda policy: None)


def test_a_rule_needs_a_title_and_a_function():
    with pytest.raises(ValueError, match="title"):
        ic.rule("some-rule", severity="note")(lambda policy: None)
    with pytest.raises(TypeError, match="function"):
        ic.rule("some-rule", severity="note")(3)
    with pytest.raises(TypeError, match="decorate it with @iamcheck.rule"):
        ic.lint(STAR, rules=[lambda policy: None])
    with pytest.raises(ic.UnknownNameError, match="severity"):
        ic.rule("qqqqqqqqqqqq")


def test_a_rule_that_raises_hides_nothing_that_others_find(tmp_path):
    @ic.rule("breaks", severity="error")
    def breaks(policy):
        """breaks"""
        yield ic.Problem(policy.statements[0])
        if policy.statements[0].sid == "Read":
            raise KeyError("team")

    broken = tmp_path / "broken.json"
    broken.write_text("\n\n " + json.dumps({"PolicyDocument": STAR}))
    files = [broken, CI_ROLE]
    expected = [*ic.lint(*files, rules=no_star_resource), *ic.lint(*files, rules=breaks_never(breaks), select="breaks")]
    with pytest.raises(ic.RuleError) as caught:
        ic.lint(*files, rules=[breaks, no_star_resource])
    error = caught.value
    assert isinstance(error, ic.Error) and isinstance(error, RuntimeError)
    assert isinstance(error.__cause__, KeyError)
    assert (error.code, error.name, error.line) == ("invalid-argument", str(broken), 3)
    assert error.message == "rule `breaks` raised KeyError in `PolicyDocument`: 'team'"
    assert str(broken) in str(error)
    assert sorted(map(str, error.findings)) == sorted(map(str, expected))
    (failure,) = error.findings.errors
    assert (failure["path"], failure["message"]) == (str(broken), error.message)
    assert json.loads(error.findings.render("sarif"))["runs"][0]["invocations"][0]["executionSuccessful"] is False
    copied = pickle.loads(pickle.dumps(error))
    assert type(copied) is ic.RuleError
    assert (str(copied), copied.findings) == (str(error), error.findings)


def breaks_never(rule):
    """The same rule without its exception."""

    def check(policy):
        return [next(iter(rule.check(policy)))]

    return ic.rule(rule.slug, severity=rule.severity, title=rule.title)(check)


def test_a_failure_shows_no_credential_and_no_control_character():
    document = {"Statement": {"Effect": "Allow", "Sid": f"{KEY_ID}\u001b", "Action": f"s3:{SECRET}", "Resource": f"aws_secret_access_key={SECRET}"}}

    def check(policy):
        raise ValueError(f"{policy.statements[0].sid} {policy.statements[0].resource[0]}")

    with pytest.raises(ic.RuleError) as caught:
        ic.lint(document, rules=ic.rule("breaks", severity="note", title="t")(check))
    for shown in (str(caught.value), caught.value.findings.render("json"), caught.value.findings.render("sarif")):
        assert KEY_ID[:4] + "..." + KEY_ID[-2:] in shown
        assert KEY_ID not in shown and SECRET not in shown and "\x1b" not in shown


def test_all_failures_are_counted():
    rule = ic.rule("breaks", severity="note", title="t")(lambda policy: 1 / 0)
    with pytest.raises(ic.RuleError, match="ZeroDivisionError.*and there are 2 more failures") as caught:
        ic.lint(STAR, OTHER, STAR, rules=rule)
    assert [one["path"] for one in caught.value.findings.errors] == ["targets[0]", "targets[1]", "targets[2]"]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (3, "TypeError.*yields iamcheck.Problem, not int"),
        ("Statement", "TypeError.*not str"),
        (ic.Problem(3), "TypeError.*place"),
        (ic.Problem(None), "TypeError.*place"),
        (ic.Problem("Statement[0].Acton"), "ValueError.*did you mean `Statement.0..Action`"),
        (ic.Problem("s3:getobject"), "ValueError.*has no `s3:getobject`"),
        (ic.Problem(ic.Policy.from_dict(OTHER)), "ValueError.*another policy"),
        (ic.Problem(ic.Policy.from_dict(OTHER).statements[0].action[0]), "ValueError.*not of the policy"),
        (ic.Problem("Statement", severity="bad"), "ValueError.*severity"),
        (ic.Problem("Statement", confidence="bad"), "ValueError.*confidence"),
        (ic.Problem("Statement", notes="one"), "TypeError.*notes"),
        (ic.Problem("Statement", related=[("nowhere", "x")]), "ValueError.*nowhere"),
        (ic.Problem("Statement", "\ud800"), "ValueError.*message"),
        (ic.Problem("Statement", message=3), "TypeError.*message"),
    ],
)
def test_a_wrong_problem_is_told_with_the_name_of_the_rule(problem, expected):
    rule = ic.rule("wrong", severity="note", title="t")(lambda policy: [problem])
    with pytest.raises(ic.RuleError, match=f"rule `wrong` raised {expected}"):
        ic.lint(STAR, rules=rule)


def test_what_is_not_iterable_is_told_too():
    rule = ic.rule("wrong", severity="note", title="t")(lambda policy: 3)
    with pytest.raises(ic.RuleError, match="rule `wrong` raised TypeError"):
        ic.lint(STAR, rules=rule)


def test_an_interrupt_ends_the_run_at_once():
    def interrupted(policy):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ic.lint(STAR, rules=ic.rule("interrupted", severity="note", title="t")(interrupted))
    assert ic.lint(STAR, rules=no_star_resource)


def test_a_rule_without_an_end_meets_the_limit():
    def endless(policy):
        while True:
            yield ic.Problem("Statement")

    with pytest.raises(ic.PolicyError) as caught:
        ic.lint(STAR, rules=ic.rule("endless", severity="note", title="t")(endless))
    assert caught.value.code == "limit-exceeded"


def test_messages_show_no_credential_and_no_control_character():
    document = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::b/{KEY_ID}/{SECRET}\u001b[2J"}]}

    @ic.rule("quotes", severity="note", title="t")
    def quotes(policy):
        yield ic.Problem(policy.statements[0].resource[0], f"found {policy.statements[0].resource[0]}")

    text = f"aws_access_key_id={KEY_ID} aws_secret_access_key={SECRET}"
    found = only(quotes, text=json.dumps({**document, "Id": text}), kind="identity")
    assert len(found) == 1
    for format in ("text", "json", "sarif", "junit", "github", "gitlab", "markdown"):
        shown = found.render(format)
        assert KEY_ID not in shown and SECRET not in shown
        assert "\x1b" not in shown
    assert "\x1b" not in found._repr_html_() + str(found)
