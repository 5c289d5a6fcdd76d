"""The workflows: no fault that zizmor or actionlint knows, and every step of theirs runs here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

FLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = {path.name: path for path in (ROOT / ".ci").iterdir()}
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

CLI = """
import sys
from pathlib import Path
if sys.argv[1] == "lock":
    with open("docs/_data/lock/cards.txt", "a") as file:
        file.write("C77 causes/new/ #fix\\n")
print(*sys.argv[1:])
"""
"""Stands for the commands, which have tests of their own."""

GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in *--jq*) printf '%s' "$OLD";; esac
"""
"""Stands for GitHub's command: says what it was asked, and which comment or issue there is."""


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    "words", [["zizmor", "--offline", "--quiet", "--persona", "auditor"], ["actionlint"]], ids=lambda w: w[0]
)
def test_no_fault_is_known(words: list[str]) -> None:
    tool = shutil.which(words[0], path=PATH)
    assert tool, f"{words[0]} is in requirements-test.lock"
    run = subprocess.run([tool, *words[1:], *map(str, FLOWS)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def steps() -> list[str]:
    flows = [yaml.safe_load(path.read_text("utf-8")) for path in FLOWS]
    jobs = [job for flow in flows for job in flow["jobs"].values()]
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("step", sorted(set(steps())))
def test_every_step_is_one_that_is_tested(step: str) -> None:
    """A target of the Makefile, a command, a script of ``.ci``, or the one call of GitHub's own program.

    What Windows runs cannot run here: it is to the letter what the guide says.
    """
    if "Scripts" in step or step.startswith("py "):
        guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
        said = step.replace(".venv\\Scripts\\python ", "python ")  # the guide has entered it before
        assert f"`{said}`" in guide
        return
    first, *words = step.split()
    if first == "make":
        assert re.search(rf"^{re.escape(words[0])}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
    elif first == ".venv/bin/python":
        assert words[0] == "hooks/cli.py" and words[1] in {"check", "guard"}
    elif first != "gh":
        assert os.access(SCRIPTS[first.removeprefix(".ci/")], os.X_OK)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the scripts, a program that stands for ours, and a place to push to."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / ".ci", root / ".ci")
    (root / "hooks").mkdir()
    (root / "hooks/cli.py").write_text(CLI, "utf-8")
    (root / "docs/_data/lock").mkdir(parents=True)
    (root / ".venv").symlink_to(sys.prefix)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "base")
    git(tmp_path, "init", "-q", "--bare", "remote")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    return root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def script(root: Path, name: str, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{root.parent}/bin:{PATH}", **given}
    command = [str(root / ".ci" / name), *words]
    return subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=False)


def test_effect_goes_to_the_summary_and_to_the_next_job(checkout: Path) -> None:
    summary, output = checkout / "summary", checkout / "output"
    given = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    run = script(checkout, "effect", "origin/x;y", **given)
    assert run.returncode == 0 and lines(summary) == ["effect --built origin/x;y"]
    head, body, tail = lines(output)
    assert head == f"effect<<{tail}" and body == "effect --built origin/x;y"


@pytest.mark.parametrize("old", ["", "41\n42\n"])
@pytest.mark.parametrize("name", ["comment", "tracking"])
def test_one_comment_and_one_issue_are_written_over(name: str, old: str, checkout: Path) -> None:
    calls = checkout / "calls"
    words = ["a/b", "7"] if name == "comment" else ["a/b"]
    run = script(checkout, name, *words, CALLS=str(calls), OLD=old, EFFECT='# 报告\n"甲" $(touch x)')
    assert run.returncode == 0, run.stderr
    written = calls.read_text("utf-8").split("\n", 1)[1]
    places = {
        ("comment", ""): "-X POST repos/a/b/issues/7/comments ",
        ("comment", "41\n42\n"): "-X PATCH repos/a/b/issues/comments/41 ",
        ("tracking", ""): "-X POST repos/a/b/issues ",
        ("tracking", "41\n42\n"): "-X PATCH repos/a/b/issues/41 ",
    }
    assert written.count("-X ") == 1 and places[name, old] in written
    assert ('"甲" $(touch x)' if name == "comment" else "weekly --network") in written
    assert not (checkout / "x").exists()


def test_a_release_pushes_lists_and_tag_together(checkout: Path) -> None:
    remote = str(checkout.parent / "remote")
    run = script(checkout, "release", PUSH_TO=remote)
    assert run.returncode == 0, run.stderr
    assert [line for line in run.stdout.splitlines()[:4]] == ["build", "lock", "dist", "host"]
    tag = run.stdout.split()[-1]
    assert (
        git(checkout.parent / "remote", "rev-parse", "main", f"{tag}^{{}}").split()
        == [git(checkout, "rev-parse", "HEAD").strip()] * 2
    )
    assert git(checkout, "show", "--stat", "--format=%s", "HEAD").startswith(f"Record what {tag} publishes")


def test_a_release_that_cannot_push_is_no_release(checkout: Path) -> None:
    assert script(checkout, "release", PUSH_TO=str(checkout.parent / "nowhere")).returncode != 0


def test_the_old_site_stands_until_the_new_one_is_whole(checkout: Path) -> None:
    host, site = checkout.parent / "host", checkout.parent / "site"
    site.mkdir()
    for number in range(5):
        (site / "index.html").write_text(f"{number}", "utf-8")
        assert script(checkout, "deploy", str(site), str(host)).returncode == 0
        assert (host / "current/index.html").read_text("utf-8") == f"{number}"
    assert len(list(host.glob("site-*"))) == 3
    (site / "index.html").unlink()
    (site / "half.html").write_text("", "utf-8")
    assert script(checkout, "deploy", str(site), str(host)).returncode != 0
    assert (host / "current/index.html").read_text("utf-8") == "4"
