"""What a reader, a rule or a shape reports about data that it does not refuse."""

from dataclasses import dataclass
from enum import StrEnum

from exporter.errors import NOWHERE, Where


class Level(StrEnum):
    """How grave a finding is: an error keeps data out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at: rule code, place, what it says and what to do.

    ``code`` is the stable name of the check, rule or shape (``negative-age``, ``wrong-id``);
    ``value`` is the offending value as the source wrote it.
    """

    level: Level
    code: str
    message: str
    where: Where = NOWHERE
    value: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = str(self.where)
        return f"{place + ': ' if place else ''}{self.code} {self.message}"
