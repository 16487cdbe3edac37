"""The parts that faults are made with: shares with their limits, and texts that can be changed."""

from pathlib import Path

import pytest

from benchmarks.lint.intervals import Share
from benchmarks.lint.sheets import read_blocks, write_blocks

PAPER = """1|t|MDA5 in children
1|a|TNF and MDA5 were measured.
1\t0\t4\tMDA5\tGene\t64135
1\t17\t20\tTNF\tGene\t7124
1\t25\t29\tMDA5\tGene\t64135
"""


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (97, 100, 0.915, 0.990)],
)
def test_an_interval_is_that_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert [round(limit, 3) for limit in Share(hits, of).interval] == [low, high]


def test_nothing_seeded_is_nothing_missed_and_nothing_known() -> None:
    assert Share(0, 0).value == 1.0
    assert Share(0, 0).interval == (0.0, 1.0)


def test_an_untouched_file_is_written_as_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAPER, encoding="utf-8")
    lines = write_blocks(tmp_path / "b.txt", read_blocks(tmp_path / "a.txt"))
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == PAPER
    assert [(number, item.label) for number, item in lines.items()] == [
        (3, "MDA5"),
        (4, "TNF"),
        (5, "MDA5"),
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_words_around_a_mention_move_all_that_stands_behind_it(tmp_path: Path, place: int) -> None:
    (tmp_path / "a.txt").write_text(PAPER, encoding="utf-8")
    (block,) = read_blocks(tmp_path / "a.txt")
    assert block.put_around(block.items[place], "anti-", " antibodies")
    assert f"anti-{block.items[place].label} antibodies" in block.text
    assert [block.text[item.start : item.end] for item in block.items] == ["MDA5", "TNF", "MDA5"]
    assert block.title.startswith("MDA5 in") or place == 0


def test_a_mention_inside_another_is_left_alone(tmp_path: Path) -> None:
    nested = f"{PAPER}1\t17\t29\tTNF and MDA5\tGene\t7124\n"
    (tmp_path / "a.txt").write_text(nested, encoding="utf-8")
    (block,) = read_blocks(tmp_path / "a.txt")
    assert not block.put_around(block.items[1], "anti-", "")
    assert block.text == "MDA5 in children TNF and MDA5 were measured."
