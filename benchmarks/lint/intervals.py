"""Shares with their uncertainty."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``of``, as a share from 0 to 1 with its Wilson interval of 95 %."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Return the share; of nothing it is 1, since nothing was missed."""
        return self.hits / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the lower and upper limit.

        >>> tuple(round(limit, 3) for limit in Share(97, 100).interval)
        (0.915, 0.99)
        """
        if not self.of:
            return 0.0, 1.0
        share, square = self.hits / self.of, _Z * _Z / self.of
        middle = (share + square / 2) / (1 + square)
        half = _Z * sqrt(share * (1 - share) / self.of + square / self.of / 4) / (1 + square)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} ({low:.3f}-{high:.3f}) {self.hits}/{self.of}"
