"""What the reading of a case remarks on: a place in the case, and what is wrong there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.facts import About
from exporter.model.findings import Finding, Level

Path = tuple[str | int, ...]
Spots = Mapping[Path, int]
R = TypeVar("R")
# Of the names in a file as many are compared and shown as help a reader.
_COMPARED, _SHOWN = 200, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing to look at, at a path such as ``("outcomes", 0, "value")``."""

    level: Level
    code: str
    path: Path
    message: str
    hint: str = ""
    value: str = ""

    def finding(self, file: str | None, line: int | None) -> Finding:
        """Return the remark with its place."""
        return Finding(
            level=self.level,
            code=self.code,
            message=self.message,
            where=Where(file=file, line=line, field=path_text(self.path)),
            value=self.value,
            hint=self.hint,
        )


def error(code: str, path: Path, message: str, hint: str = "", value: object = "") -> Remark:
    """Return a remark that keeps the case out."""
    return Remark(
        level=Level.ERROR, code=code, path=path, message=message, hint=hint, value=str(value)
    )


def warning(code: str, path: Path, message: str, hint: str = "", value: object = "") -> Remark:
    """Return a remark on something doubtful that is kept."""
    return Remark(
        level=Level.WARNING, code=code, path=path, message=message, hint=hint, value=str(value)
    )


def note(code: str, path: Path, message: str, hint: str = "", value: object = "") -> Remark:
    """Return a remark that asks for nothing."""
    return Remark(
        level=Level.NOTE, code=code, path=path, message=message, hint=hint, value=str(value)
    )


def path_text(path: Path) -> str | None:
    """Write a path as curators do.

    >>> path_text(("outcomes", 0, "value"))
    'outcomes[0].value'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".") or None


def line_of(path: Path, spots: Spots) -> int | None:
    """Return the line of a path, or of the closest record around it."""
    for length in range(len(path), -1, -1):
        if path[:length] in spots:
            return spots[path[:length]]
    return None


def line_in(case: Case, path: Path) -> int | None:
    """Return the line of a path as the records of a case remember it."""
    line: int | None = None
    value: Any = case
    for part in path:
        about = getattr(value, "about", None)
        if isinstance(about, About):
            line = dict(about.lines).get(str(part), about.line) or line
        value = _part(value, part)
    about = getattr(value, "about", None)
    return (about.line if isinstance(about, About) else None) or line or case.where.line


def _part(value: Any, part: str | int) -> Any:
    if isinstance(value, tuple) and isinstance(part, int):
        return value[part]
    names = {yaml_name(name): name for name in field_names(value)} if is_dataclass(value) else {}
    return getattr(value, names[part]) if part in names else None


def sentence(names: Iterable[str]) -> str:
    """Return names as a list for a sentence, in their order."""
    return ", ".join(str(name) for name in names)


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or nothing."""
    by_key = {name.casefold().replace("_", "-"): name for name in known}
    key = word.casefold().replace("_", "-").strip().replace(" ", "-")
    close = get_close_matches(key[:100], list(by_key), n=1, cutoff=0.7)
    return by_key[close[0]] if close else ""


def meant(word: str, known: Iterable[str]) -> str:
    """Return a hint: what was probably meant, and all that is known."""
    names = list(known)
    close = closest(word, names[:_COMPARED])
    shown = [*names[:_SHOWN], "..."] if len(names) > _SHOWN else names
    allowed = f"known are {sentence(shown)}" if names else "the case has none"
    return f"did you mean {close}? {allowed}" if close else allowed


def records(value: object, kind: type[R], path: Path = ()) -> Iterator[tuple[Path, R]]:
    """Yield every record of a kind below a value, the value itself included, with its path."""
    if isinstance(value, kind):
        yield path, value
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from records(item, kind, (*path, index))
    elif is_dataclass(value) and not isinstance(value, About | Where | Finding):
        for name in field_names(value):
            yield from records(getattr(value, name), kind, (*path, yaml_name(name)))


def field_names(record: Any) -> tuple[str, ...]:
    """Return the names of the fields of a record that stand in a case file."""
    return tuple(f.name for f in fields(record) if f.name not in NOT_IN_FILES)


def yaml_name(name: str) -> str:
    """Return the key of a field: a trailing underscore is Python's, not the file's."""
    return name.rstrip("_")


NOT_IN_FILES = frozenset({"about", "where", "findings"})
