"""What happens to a test whose material or tool this machine has not."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = """
import pytest

@pytest.mark.shared
def test_of_shared_material(shared):
    assert shared.is_dir()

@pytest.mark.needs("no-such-program-anywhere")
def test_of_a_program():
    pass

@pytest.mark.needs("sh")
def test_of_a_program_that_is_there():
    pass
"""


def outcome(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_some.py").write_text(TESTS, encoding="utf-8")
    settings = ["-p", "conftest", "-c", str(HERE.parent / "pyproject.toml"), f"--rootdir={folder}"]
    paths = [str(HERE), str(HERE.parent), os.environ["PYTHONPATH"]]
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "pytest", *settings, "-p", "no:cacheprovider", str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_missing_is_left_out_and_named(tmp_path: Path) -> None:
    result = outcome(tmp_path, LINKED_CASE_SHARED=str(tmp_path / "none"), REQUIRE_ALL="")
    assert result.returncode == 0, result.stdout
    assert "1 passed, 2 deselected" in result.stdout
    assert "1 left out: the folder of shared material is missing" in result.stdout
    assert "test_some.py::test_of_shared_material" in result.stdout
    assert "1 left out: this machine has no no-such-program-anywhere" in result.stdout
    assert "test_some.py::test_of_a_program" in result.stdout


def test_where_all_is_required_a_missing_program_is_a_failure(tmp_path: Path) -> None:
    result = outcome(tmp_path, LINKED_CASE_SHARED=str(tmp_path / "none"), REQUIRE_ALL="1")
    assert result.returncode == 1, result.stdout
    assert "1 passed, 1 deselected, 1 error" in result.stdout
    assert "REQUIRE_ALL=1, and this machine has no no-such-program-anywhere" in result.stdout


def test_what_is_there_is_not_left_out(tmp_path: Path) -> None:
    result = outcome(tmp_path, LINKED_CASE_SHARED=str(tmp_path), REQUIRE_ALL="")
    assert result.returncode == 0, result.stdout
    assert "2 passed, 1 deselected" in result.stdout
