"""Every deliberate error: what is wrong, where, and what to do about it."""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in an input: as much of file, line, column, document and field as is known.

    Lines and columns count from 1.

    >>> str(Where(file="a.yaml", line=3, field="subject.sex"))
    'a.yaml:3 (subject.sex)'
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    document: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        numbers = "".join(f":{n}" for n in (self.line, self.column) if n is not None)
        spot = (self.file or self.document or "") + numbers
        details = [self.document] if self.document and self.file else []
        details += [self.field] if self.field else []
        return f"{spot} ({', '.join(details)})".strip() if details else spot


NOWHERE = Where()
"""No place is known."""


class ExporterError(Exception):
    """A problem that the user can act on; a bug is any other exception."""

    exit_status: ClassVar[int] = 3
    default_code: ClassVar[str] = "E000"

    def __init__(
        self,
        problem: str,
        *,
        code: str = "",
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.code = code or self.default_code
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.code} {self.problem}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.problem, self.code, self.where, self.hint)

    def at(self, where: Where) -> "ExporterError":
        """Return the same error with a place, for layers that know where they are."""
        return type(self)(self.problem, code=self.code, where=where, hint=self.hint)


def _rebuild(
    kind: type[ExporterError], problem: str, code: str, where: Where | None, hint: str
) -> ExporterError:
    """Make an error again after pickling: keyword arguments are lost by the default."""
    return kind(problem, code=code, where=where, hint=hint)


class InputError(ExporterError):
    """An input could not be read or understood."""

    default_code = "E100"


class IdentifierError(InputError):
    """A text is not an identifier of a known namespace."""

    default_code = "E120"


class ProblemsError(InputError):
    """An input with several problems; each is an error with its own place and hint."""

    default_code = "E130"

    def __init__(
        self,
        problem: str,
        *,
        code: str = "",
        where: Where | None = None,
        hint: str = "",
        problems: tuple[InputError, ...] = (),
    ) -> None:
        super().__init__(problem, code=code, where=where, hint=hint)
        self.problems = problems

    def __str__(self) -> str:
        own = super().__str__()
        return "\n".join(str(problem) for problem in self.problems) or own

    def __reduce__(self) -> tuple[Any, ...]:
        kind, arguments = super().__reduce__()
        return _rebuild_problems, (kind, arguments, self.problems)

    def at(self, where: Where) -> "ProblemsError":
        """Return the same error with a place; its problems keep their own."""
        return _rebuild_problems(
            _rebuild, (type(self), self.problem, self.code, where, self.hint), self.problems
        )


def _rebuild_problems(
    rebuild: Any, arguments: tuple[Any, ...], problems: tuple[InputError, ...]
) -> ProblemsError:
    error: ProblemsError = rebuild(*arguments)
    error.problems = problems
    return error


class UsageError(ExporterError):
    """The command was called in a way that cannot work."""

    exit_status = 2
    default_code = "E200"


class OutputError(ExporterError):
    """A result could not be written; nothing half-written was left behind."""

    default_code = "E300"


class NotConformingError(ExporterError):
    """The run worked, but the data breaks a rule."""

    exit_status = 1
    default_code = "E400"


class LimitError(ExporterError):
    """A limit of time or size was reached."""

    exit_status = 5
    default_code = "E500"


class MissingPartError(ExporterError):
    """An optional part is not installed or a data file is missing."""

    exit_status = 6
    default_code = "E600"


class RemoteError(ExporterError):
    """A remote service failed or gave something that cannot be trusted."""

    exit_status = 4
    default_code = "E700"
