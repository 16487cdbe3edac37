"""The watch over the network sees what it must see, and lets through what it must let through."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parent / "audit"
DECOYS = AUDIT / "decoys.py"
NAMES = re.findall(r"^def test_(\w+)", DECOYS.read_text(encoding="utf-8"), re.MULTILINE)


def run_decoys(*options: str, path: str = "") -> subprocess.CompletedProcess[str]:
    search = os.pathsep.join(filter(None, [path, os.environ["PYTHONPATH"]]))
    settings = ["-p", "no:cacheprovider", "-rA", *options, str(DECOYS)]
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "pytest", *settings],
        cwd=AUDIT.parents[1],
        env={**os.environ, "PYTHONPATH": search, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def reports() -> dict[str, set[str]]:
    """What was told of each decoy, by name."""
    told = defaultdict(set)
    for line in run_decoys().stdout.splitlines():
        if found := re.match(r"(?:PASSED|FAILED|ERROR) \S+::test_(\w+)(.*)", line):
            told[found[1]].add(found[2][:28] or " passed")
    return told


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("_fails")])
def test_what_touches_the_network(name: str, reports: dict[str, set[str]]) -> None:
    assert " - the network was touched: " in reports[name]


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("_passes")])
def test_what_does_not(name: str, reports: dict[str, set[str]]) -> None:
    assert reports[name] == {" passed"}


def test_every_decoy_is_expected_to_fail_or_to_pass() -> None:
    assert [name for name in NAMES if not name.endswith(("_fails", "_passes"))] == []


def test_what_is_touched_after_the_last_test_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text(
        "import pytest\nfrom tests.audit.decoys import FOREIGN, connect_and_hide_it\n"
        "@pytest.hookimpl(tryfirst=True)\n"
        "def pytest_sessionfinish():\n    connect_and_hide_it(*FOREIGN)\n"
    )
    result = run_decoys("-p", "late", "-k", "touches_nothing", path=str(tmp_path))
    assert "1 passed" in result.stdout
    assert "the network was touched after the last test" in result.stderr
    assert result.returncode == 1


def test_the_watch_takes_nothing_from_coverage_and_from_this_machine(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('done by this machine')\n")
    (tmp_path / "settings").write_text(f"[run]\nparallel = true\ndata_file = {tmp_path}/measured\n")
    search = os.pathsep.join([os.environ["PYTHONPATH"], str(tmp_path)])
    settings = {"PYTHONPATH": search, "COVERAGE_PROCESS_START": str(tmp_path / "settings")}
    result = subprocess.run(
        [sys.executable, "-c", "import exporter, sys; print(hasattr(sys, '_network_is_watched'))"],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split("\n") == ["done by this machine", "True", ""]
    assert list(tmp_path.glob("measured.*"))
