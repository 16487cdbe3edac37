"""What a reader thought of 200 flags on annotations of experts, by code and level."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lint.intervals import Share

TABLE = Path(__file__).parent / "judged.tsv"
COLUMNS = ("corpus", "document", "mention", "id", "code", "level", "proposed", "verdict", "why")
LEVELS = ("error", "warning", "note")
VERDICTS = ("right", "arguable", "wrong")
HEAD = ("code", "level", "judged", *VERDICTS, "right (95 %)", "right or arguable (95 %)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A flag with what a reader thought of it and why."""

    corpus: str
    document: str
    mention: str
    id: str
    code: str
    level: str
    proposed: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many flags of one code and level were right, arguable and wrong."""

    code: str
    level: str
    right: int
    arguable: int
    wrong: int

    @property
    def of(self) -> int:
        """Return how many were judged."""
        return self.right + self.arguable + self.wrong

    @property
    def cells(self) -> tuple[str, ...]:
        """Return a line of the table."""
        shares = Share(self.right, self.of), Share(self.right + self.arguable, self.of)
        counts = self.of, self.right, self.arguable, self.wrong
        return (self.code, self.level, *map(str, counts), *map(_percent, shares))


def judged(path: Path = TABLE) -> list[Judged]:
    """Return all judged flags of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Judged(**row) for row in csv.DictReader(file, delimiter="\t")]


def tallies(rows: Iterable[Judged]) -> Iterator[Tally]:
    """Yield a tally for each level and code, gravest and most judged first, then for each level."""
    rows = list(rows)
    for level in LEVELS:
        codes = {row.code for row in rows if row.level == level}
        each = [_tally(code, level, (row for row in rows if row.code == code)) for code in codes]
        yield from sorted(each, key=lambda one: (-one.of, one.code))
    for level in LEVELS:
        yield _tally("all", level, rows)


def _tally(code: str, level: str, rows: Iterable[Judged]) -> Tally:
    found = [row.verdict for row in rows if row.level == level]
    right, arguable, wrong = (found.count(verdict) for verdict in VERDICTS)
    return Tally(code=code, level=level, right=right, arguable=arguable, wrong=wrong)


def _percent(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.0%} ({low:.0%}-{high:.0%})"


def table(path: Path = TABLE) -> str:
    """Return the tallies as a table in Markdown."""
    lines = [HEAD, tuple("---" for _ in HEAD), *(each.cells for each in tallies(judged(path)))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    print(table())
