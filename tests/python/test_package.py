"""What was installed: the package, its types, the command, and the documents that speak of it."""

import importlib.metadata
import inspect
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
from conftest import COMMAND, ROOT

import iamcheck as ic


def test_the_tests_look_at_the_installed_package():
    assert ROOT / "python" not in Path(ic.__file__).resolve().parents


def test_the_version_is_that_of_the_build_the_package_and_the_command():
    written = re.search(r"project\(iamcheck VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())
    printed = subprocess.run([COMMAND, "--version"], capture_output=True, text=True, check=True).stdout
    assert ic.__version__ == importlib.metadata.version("iamcheck") == written[1]
    assert ic.__version__ in printed


def test_all_lists_everything_public_and_it_is_documented():
    public = {
        name
        for name, value in vars(ic).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert set(ic.__all__) == public | {"__version__", "catalogue"}
    assert list(ic.__all__) == sorted(ic.__all__)
    manual = (ROOT / "docs" / "python.md").read_text()
    for name in ic.__all__:
        value = getattr(ic, name)
        assert f"`{name}" in manual or f"ic.{name}" in manual, f"docs/python.md does not know {name}"
        if name == "__version__":
            continue
        assert inspect.getdoc(value), name
        members = vars(value).items() if isinstance(value, type) else ()
        for member, thing in members:
            if member.startswith("_") or isinstance(thing, types.MemberDescriptorType):
                continue
            documented = isinstance(thing, property) or inspect.isroutine(thing)
            assert not documented or inspect.getdoc(thing), f"{name}.{member}"


def run_module(*words, cwd):
    environment = {**os.environ, "MYPY_CACHE_DIR": str(cwd / "cache")}
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=False, cwd=cwd, env=environment
    )


def test_the_package_is_typed_and_its_types_hold(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(
        "import iamcheck as ic\n"
        "decision = ic.can('p', 'a:b', '*', {'k': [1, True]}, policies=ic.PolicySet(identity=[{}, '{}']))\n"
        "reveal_type(decision.kind)\n"
        "levels = {'r-root': ic.Policy.full_aws_access(), 'account': [{}, '{}']}\n"
        "reveal_type(ic.PolicySet(scp=levels, rcp={}, boundary='{}').replace(scp='FullAWSAccess').scp)\n"
        "matrix = ic.what_if({'a': ic.PolicySet()}, ['a:b'], '*', principals='p', contexts={'none': {}})\n"
        "reveal_type(matrix[0])\n"
        "reveal_type(ic.lint('x')[0])\n"
        "reveal_type(ic.lint('x')[1:])\n"
        "from collections.abc import Iterator\n"
        "@ic.rule('my-rule', severity='note', title='t', clean=[{}], reported=[({}, 'Statement')])\n"
        "def mine(policy: ic.Policy) -> Iterator[ic.Problem]:\n"
        "    for statement in policy.statements:\n"
        "        for action in statement.action or ():\n"
        "            reveal_type(action)\n"
        "            yield ic.Problem(action, related=[(statement, 'here')])\n"
        "reveal_type(mine)\n"
        "reveal_type(ic.rule('unknown-action'))\n"
        "ic.lint('x', rules=mine)\n"
        "ic.lint('x', rules=[mine, 'guardrails'])\n"
    )
    package = run_module("mypy", "--strict", "-p", "iamcheck", cwd=tmp_path)
    assert package.returncode == 0, package.stdout + package.stderr
    user = run_module("mypy", "--strict", "user.py", cwd=tmp_path)
    assert user.returncode == 0, user.stdout + user.stderr
    assert re.findall(r'Revealed type is "(?:builtins\.)?([\w.]+)["\[]', user.stdout) == [
        "str",
        "dict",
        "iamcheck.access_matrix.AccessRow",
        "iamcheck.findings.Finding",
        "iamcheck.findings.Findings",
        "iamcheck.policy.PolicyText",
        "iamcheck.own_rules.PolicyRule",
        "iamcheck.rulebook.Rule",
    ]


def test_the_stubs_name_exactly_what_the_extension_has(tmp_path):
    pytest.importorskip("mypy")
    # pybind11 gives its classes a metaclass of its own, and a constructor to those that have none.
    (tmp_path / "allowed").write_text(r"iamcheck\._core\.[A-Z]\w+(\.__init__)?" "\n")
    checked = run_module("mypy.stubtest", "iamcheck._core", "--allowlist", "allowed", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_examples_of_the_documents_run(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    examples = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    assert examples
    names: dict = {}
    for example in examples:
        exec(compile(example, page, "exec"), names)
