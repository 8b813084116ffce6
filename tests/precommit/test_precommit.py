"""The hooks of .pre-commit-hooks.yaml under the real pre-commit.

IAMCHECK_BINARY names the iamcheck to test; IAMCHECK_WHEEL, when given, the wheel for the variant that
needs no binary. `./dev test` sets both.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
BINARY = os.environ.get("IAMCHECK_BINARY")
WHEEL = os.environ.get("IAMCHECK_WHEEL") and os.path.abspath(os.environ["IAMCHECK_WHEEL"])

CLEAN = """{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}
}
"""
BROAD = CLEAN.replace("s3:GetObject", "*").replace("arn:aws:s3:::reports/*", "*")
# Made up, and in two halves so that no scanner finds it here.
KEY = "AKIA" + "QYLPMN5HFIQR7XYZ"

pytestmark = pytest.mark.skipif(not BINARY, reason="IAMCHECK_BINARY is not set")


class Repository:
    """A git repository whose commands see nothing of the person who runs the tests."""

    def __init__(self, path, environment):
        self.path = path
        self.environment = environment
        path.mkdir()
        self.git("init", "-q", "-b", "main")

    def run(self, *words):
        return subprocess.run(
            words, cwd=self.path, env=self.environment, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)

    def git(self, *words):
        done = self.run("git", *words)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def pre_commit(self, *words):
        return self.run(sys.executable, "-m", "pre_commit", *words)

    def add(self, **files):
        """Writes and stages files; `__` stands for a dot in a name."""
        for name, text in files.items():
            path = self.path / name.replace("__", ".")
            path.write_text(text)
            self.git("add", "--", path.name)


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    programs = tmp_path_factory.mktemp("bin")
    (programs / "iamcheck").symlink_to(pathlib.Path(BINARY).resolve())
    variables = {name: value for name, value in os.environ.items()
                 if not name.startswith(("GIT_", "PRE_COMMIT", "IAMCHECK_"))}
    for who in ("AUTHOR", "COMMITTER"):
        variables[f"GIT_{who}_NAME"] = "Test"
        variables[f"GIT_{who}_EMAIL"] = "test@example.com"
    return variables | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_COLOR": "1",
    }


@pytest.fixture(scope="module")
def hooks(tmp_path_factory, environment):
    """What pre-commit needs of our repository, committed."""
    repository = Repository(tmp_path_factory.mktemp("hooks") / "iamcheck", environment)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", repository.path)
    repository.git("add", "-A")
    repository.git("commit", "-qm", "hooks")
    return repository


@pytest.fixture
def project(tmp_path, environment):
    return Repository(tmp_path / "project", environment)


def configure(project, hooks, extra=""):
    """The configuration of docs/pre-commit.md."""
    revision = hooks.git("rev-parse", "HEAD")
    config = project.path / ".pre-commit-config.yaml"
    config.write_text(
        f"repos:\n  - repo: {hooks.path}\n    rev: {revision}\n    hooks:\n      - id: iamcheck\n{extra}")
    project.git("add", ".pre-commit-config.yaml")
    done = project.pre_commit("install")
    assert done.returncode == 0, done.stdout


def commit(project):
    return project.run("git", "commit", "-m", "change")


def test_try_repo_passes_a_clean_policy_and_stops_a_broad_one(project, hooks):
    project.add(policy__json=CLEAN)
    done = project.pre_commit("try-repo", str(hooks.path), "iamcheck", "--all-files")
    assert done.returncode == 0, done.stdout
    project.add(policy__json=BROAD)
    done = project.pre_commit("try-repo", str(hooks.path), "iamcheck", "--all-files")
    assert done.returncode == 1
    assert "admin-star-star" in done.stdout


def test_a_commit_with_a_clean_policy_goes_through(project, hooks):
    configure(project, hooks)
    project.add(policy__json=CLEAN, notes__md="# Notes\n")
    done = commit(project)
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


def test_a_commit_with_an_over_broad_policy_is_stopped_with_its_place(project, hooks):
    configure(project, hooks)
    project.add(policy__json=BROAD)
    done = commit(project)
    assert done.returncode == 1
    assert "policy.json:3:" in done.stdout
    assert project.run("git", "rev-parse", "HEAD").returncode != 0


def test_the_layout_hook_rewrites_a_policy_and_leaves_other_json_alone(project, hooks):
    squeezed = CLEAN.replace("\n", "").replace("  ", "")
    project.add(policy__json=squeezed, package__json='{"name":"x"}')
    done = project.pre_commit("try-repo", str(hooks.path), "iamcheck-fmt", "--all-files")
    assert done.returncode == 1
    assert "formatted policy.json" in done.stdout
    assert (project.path / "policy.json").read_text() != squeezed
    assert (project.path / "package.json").read_text() == '{"name":"x"}'
    project.git("add", "policy.json")
    assert project.pre_commit("try-repo", str(hooks.path), "iamcheck-fmt", "--all-files").returncode == 0


def test_the_staged_hook_stops_what_is_staged_and_lets_through_what_is_not(project, hooks):
    configure(project, hooks)
    config = project.path / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("id: iamcheck", "id: iamcheck-staged"))
    project.git("add", ".pre-commit-config.yaml")
    project.add(policy__json=CLEAN)
    (project.path / "draft.json").write_text(BROAD)
    done = commit(project)
    assert done.returncode == 0, done.stdout
    project.add(policy__json=BROAD)
    (project.path / "policy.json").write_text(CLEAN)
    done = commit(project)
    assert done.returncode == 1
    assert "policy.json:3:" in done.stdout


def test_a_commit_with_a_key_is_stopped_and_the_key_is_not_shown(project, hooks):
    configure(project, hooks)
    project.add(settings__py=f'aws_access_key_id = "{KEY}"\n')
    done = commit(project)
    assert done.returncode == 1
    assert "aws-access-key-id" in done.stdout
    assert KEY not in done.stdout


def test_only_staged_files_are_checked(project, hooks):
    configure(project, hooks)
    project.add(policy__json=CLEAN)
    (project.path / "draft.json").write_text(BROAD)
    assert commit(project).returncode == 0


def test_an_excluded_file_goes_through_though_pre_commit_names_it(project, hooks):
    configure(project, hooks, extra='        args: ["--exclude=fixtures.json", "--"]\n')
    project.add(fixtures__json=BROAD)
    assert commit(project).returncode == 0
    project.add(policy__json=BROAD)
    assert commit(project).returncode == 1


def test_a_file_that_git_ignores_is_checked_when_it_was_added_by_force(project, hooks):
    configure(project, hooks)
    (project.path / ".gitignore").write_text("generated.json\n")
    (project.path / "generated.json").write_text(BROAD)
    project.git("add", "-f", ".gitignore", "generated.json")
    assert commit(project).returncode == 1


def test_a_file_name_is_never_a_flag(project, hooks):
    configure(project, hooks)
    project.add(**{"--fail-on=never": "x\n", "policy__json": BROAD})
    assert commit(project).returncode == 1


def test_a_link_out_of_the_repository_is_not_read(project, hooks):
    configure(project, hooks)
    (project.path.parent / "outside.json").write_text(BROAD)
    (project.path / "link.json").symlink_to("../outside.json")
    project.git("add", "link.json")
    assert commit(project).returncode == 0


@pytest.mark.skipif(not WHEEL, reason="IAMCHECK_WHEEL is not set: the variant without a binary was not tried")
def test_the_variant_with_the_wheel_needs_no_binary(project):
    (project.path / ".pre-commit-config.yaml").write_text(f"""\
repos:
  - repo: local
    hooks:
      - id: iamcheck
        name: iamcheck
        language: python
        additional_dependencies: ["{WHEEL}"]
        entry: iamcheck lint --force-exclude
        args: ["--"]
        types: [text]
        require_serial: true
""")
    project.environment = project.environment | {"PATH": os.environ["PATH"]}
    project.git("add", ".pre-commit-config.yaml")
    assert project.pre_commit("install").returncode == 0
    project.add(policy__json=CLEAN)
    done = commit(project)
    assert done.returncode == 0, done.stdout
    project.add(policy__json=BROAD)
    assert commit(project).returncode == 1
