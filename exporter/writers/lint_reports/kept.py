"""Findings kept for a report that cannot be written as they come: the worst, and never too many."""

from collections.abc import Iterable

from exporter.model.findings import Level
from exporter.model.linting import Doubt

MOST = 10_000
"""So many findings a report holds that is read as a whole."""


class Kept:
    """Keeps findings up to a number, the worst ones before others; what is left out is counted."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._by_level: dict[Level, list[Doubt]] = {level: [] for level in Level}
        self._seen = 0

    def add(self, doubts: Iterable[Doubt]) -> None:
        """Keep findings while there is room at their level."""
        for doubt in doubts:
            self._seen += 1
            row = self._by_level[doubt.finding.level]
            if len(row) < self._most:
                row.append(doubt)

    def doubts(self) -> tuple[Doubt, ...]:
        """Return what is told, worst first, otherwise as it came."""
        every = [doubt for row in self._by_level.values() for doubt in row]
        return tuple(every[: self._most])

    @property
    def left_out(self) -> int:
        """Return how many findings there were that are not told."""
        return self._seen - len(self.doubts())
