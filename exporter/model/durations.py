"""ISO 8601 durations of case files: read strictly, as numbers for filters and as canonical text."""

import re
from dataclasses import dataclass
from decimal import Decimal

from exporter.errors import InputError

_PARTS = ("years", "months", "weeks", "days")
_NUMBER = r"[0-9]{1,9}"
_DURATION = re.compile(
    rf"(?P<sign>-?)P(?=[0-9])(?:(?P<years>{_NUMBER})Y)?(?:(?P<months>{_NUMBER})M)?"
    rf"(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
)
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_HINT = (
    "write years, months, weeks or days as whole numbers: P4Y, P1Y3M, P24W, P10D; -P3M is before"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time, negative when it points to before.

    Years and months are held as ``months``, weeks and days as ``days``: a month is no fixed number
    of days. Only a text that mixes both kinds has both, and then their sum is meant.
    """

    reported: str
    months: Decimal | None = None
    days: Decimal | None = None

    @property
    def canonical(self) -> str:
        """Return the one text of this length that ``xsd:duration`` allows: ``P1Y3M``, ``P168D``."""
        years, months = divmod(abs(int(self.months or 0)), 12)
        counts = ((years, "Y"), (months, "M"), (abs(int(self.days or 0)), "D"))
        parts = "".join(f"{count}{unit}" for count, unit in counts if count)
        return f"{'-' if self.is_negative else ''}P{parts}" if parts else "P0D"

    @property
    def is_negative(self) -> bool:
        """Tell whether it points to before; zero does not."""
        return (self.months or 0) < 0 or (self.days or 0) < 0

    @property
    def range_in_days(self) -> tuple[Decimal, Decimal]:
        """Return the fewest and the most days that it can mean: a month has 28 to 31."""
        months, days = self.months or Decimal(0), self.days or Decimal(0)
        ends = sorted((months * _SHORTEST_MONTH, months * _LONGEST_MONTH))
        return ends[0] + days, ends[1] + days

    def is_before(self, other: "Duration") -> bool:
        """Tell whether it is shorter for sure: of P1M and P30D neither is."""
        return self.range_in_days[1] < other.range_in_days[0]


def parse_duration(text: str) -> Duration:
    """Read a duration; refuse every other text, among them fractions and times of day.

    >>> parse_duration("P24W").canonical
    'P168D'
    >>> parse_duration("P15M").months, parse_duration("P15M").canonical
    (Decimal('15'), 'P1Y3M')
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise InputError(
            f"{text!r} is not an ISO 8601 duration", code="malformed-duration", hint=_HINT
        )
    years, months, weeks, days = (match[part] for part in _PARTS)
    sign = -1 if match["sign"] else 1
    return Duration(
        reported=text,
        months=_sum(sign, (years, 12), (months, 1)),
        days=_sum(sign, (weeks, 7), (days, 1)),
    )


def _sum(sign: int, *parts: tuple[str | None, int]) -> Decimal | None:
    counts = [int(number) * size for number, size in parts if number is not None]
    return Decimal(sign * sum(counts)) if counts else None
