"""The measures of the linter: they run, they count what they say, and equal seeds give the same."""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


def output_of(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    run = subprocess.run(command, cwd=TOP, capture_output=True, check=False)  # noqa: S603 - our own modules
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode("utf-8")


@pytest.mark.shared
def test_flags_are_counted_by_level_and_written_with_their_words(tmp_path: Path) -> None:
    flags = tmp_path / "flags.tsv"
    told = output_of(
        "benchmarks.lint.corpora", "--corpus", "tmVar", "--papers", "4", "--flags", str(flags)
    )
    assert told.startswith("tmVar: ")
    assert [line.split()[0] for line in told.splitlines()[1:]] == ["error", "warning", "note"]
    assert "goal 0.5%" in told
    counted = sum(int(line.split()[1]) for line in told.splitlines()[1:])
    assert len(flags.read_text(encoding="utf-8").splitlines()) == counted + 1


@pytest.mark.shared
def test_equal_seeds_put_equal_faults(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        told = output_of(
            *("benchmarks.lint.seeded", "--corpus", "BioRED", "--papers", "6"),
            *("--keep", str(tmp_path / name)),
        )
        assert "malformed id" in told
        files.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert files[0] == files[1]
    assert len(files[0]) == 2


@pytest.mark.shared
def test_labels_without_ids_are_compared_with_the_ids_of_the_experts() -> None:
    told = output_of("benchmarks.grounding", "--corpus", "NCBI-Disease", "--papers", "5")
    assert told.startswith("NCBI-Disease, disease: ")
    assert "accuracy" in told
    assert "with their ids kept" in told
