"""The judged flags: the table of the document is counted from them, and they are drawn evenly."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.lint.judged import COLUMNS, TABLE, VERDICTS, judged, table, tallies
from benchmarks.lint.sample import SIZE, spread

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "linter-measured.md"
STRATA = ["rare", *("some",) * 4, *("often",) * 40, *("very often",) * 400]


def test_the_table_in_the_document_is_counted_from_the_judged_flags() -> None:
    assert table() in DOCUMENT.read_text(encoding="utf-8")


def test_each_flag_is_judged_once_with_a_reason() -> None:
    assert TABLE.read_text(encoding="utf-8").splitlines()[0].split("\t") == list(COLUMNS)
    rows = judged()
    assert len(rows) == SIZE
    assert {row.verdict for row in rows} == set(VERDICTS)
    assert [row for row in rows if not row.why] == []
    same = Counter((row.document.partition(":")[0], row.mention, row.id, row.code) for row in rows)
    assert [each for each, number in same.items() if number > 1] == []


def test_every_flag_is_counted_under_its_code_and_under_its_level() -> None:
    counted = list(tallies(judged()))
    whole = [each for each in counted if each.code == "all"]
    assert sum(each.of for each in whole) == SIZE
    assert sum(each.of for each in counted) == 2 * SIZE


def drawn(seed: int, strata: Sequence[str] = STRATA, size: int = 35) -> list[int]:
    return spread(list(strata), size, Random(seed))  # noqa: S311 - not a secret


def test_small_strata_are_drawn_whole_and_large_ones_alike() -> None:
    counted = Counter(STRATA[place] for place in drawn(1))
    assert counted == {"rare": 1, "some": 4, "often": 15, "very often": 15}


def test_equal_seeds_draw_alike_and_other_seeds_do_not() -> None:
    assert drawn(1) == drawn(1) != drawn(2)


def test_no_more_is_drawn_than_there_is() -> None:
    assert sorted(drawn(1, ["a", "b", "b"], 10)) == [0, 1, 2]
