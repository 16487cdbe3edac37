"""Of whom a fact of a case holds: of everyone in it, of a part only, or of nobody."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exporter.model.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The numbers that a fact states of itself; ``part`` is the arm or subgroup that it names."""

    n: int | None = None
    of: int | None = None
    percent: Decimal | None = None
    part: str | None = None

    @property
    def is_nobody(self) -> bool:
        """Tell whether the fact was looked for and found in nobody."""
        return self.n == 0 or (self.n is None and self.percent == 0)

    def is_everyone(self, case: Case) -> bool:
        """Tell whether it holds of everyone in the case, for sure.

        A fact of one patient does; one of a group does if it names no part and either gives no
        numbers or all of the group's.
        """
        if not case.is_group:
            return True
        if self.part is not None:
            return False
        if self.n is not None:
            return self.n >= case.n
        return self.says_nothing or (self.of in (None, case.n) and self.percent == 100)

    @property
    def says_nothing(self) -> bool:
        """Tell whether no number is stated."""
        return self.n is None and self.of is None and self.percent is None


def extent_of(fact: Any) -> Extent:
    """Return the extent of any record of a case; a field that it does not have says nothing."""
    return Extent(
        n=getattr(fact, "n", None),
        of=getattr(fact, "of", None),
        percent=getattr(fact, "percent", None),
        part=getattr(fact, "arm", None) or getattr(fact, "subgroup", None),
    )
