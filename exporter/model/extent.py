"""Of whom a fact of a case holds: of everyone in it, of a part only, or of nobody."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exporter.model.case import Case
from exporter.model.facts import Phenotype
from exporter.model.laboratory import SerologyResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The numbers that a fact states of itself; ``part`` is the arm or subgroup that it names.

    ``by_number`` marks a fact that is known of those whom it counts only: one that counts none of a
    group may be about any number of them. Without it, a fact describes the group.
    """

    n: int | None = None
    of: int | None = None
    percent: Decimal | None = None
    part: str | None = None
    by_number: bool = False

    @property
    def is_nobody(self) -> bool:
        """Tell whether the fact was looked for and found in nobody."""
        return self.n == 0 or (self.n is None and self.percent == 0)

    def is_everyone(self, case: Case) -> bool:
        """Tell whether it holds of everyone in the case, for sure.

        A fact of one patient does; one of a group does if it names no part and its numbers are all
        of the group's. One that describes the group needs no numbers.
        """
        if not case.is_group:
            return True
        if self.part is not None:
            return False
        if self.n is not None:
            return self.n >= case.n
        if self.says_nothing:
            return not self.by_number
        return self.of in (None, case.n) and self.percent == 100

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
        by_number=isinstance(fact, Phenotype | SerologyResult),
    )
