"""What is doubtful in annotated texts of any format: places, ids and relations."""

from exporter.errors import IdentifierError, Where
from exporter.model.findings import Finding, Level


def malformed(label: str, written: str, trouble: IdentifierError, where: Where) -> Finding:
    """Return the warning on what looks like an id and has no canonical form."""
    return Finding(
        level=Level.WARNING,
        code="unknown-namespace" if trouble.code == "E121" else "malformed-id",
        message=f"the id of {label!r} is kept as written: {trouble.problem}",
        where=where,
        value=written,
        hint=trouble.hint,
    )


def other_unit(unit: str, where: Where) -> Finding:
    """Return the note that offsets count something other than characters."""
    return Finding(
        level=Level.NOTE,
        code="offset-unit",
        message=f"the offsets count {unit}; they were turned into characters",
        where=where,
        value=unit,
    )


def misplaced(words: str, place: str, where: Where) -> Finding:
    """Return the warning on words that are not at the place which their offsets name."""
    return Finding(
        level=Level.WARNING,
        code="misplaced-mention",
        message=f"{words!r} does not stand at {place}; its place is unknown",
        where=where,
        value=place,
        hint="correct the offsets, or the text",
    )


def respelt(label: str, there: str, where: Where) -> Finding:
    """Return the note that the text has other letters than the annotation."""
    return Finding(
        level=Level.NOTE,
        code="mention-spelling",
        message=f"the mention is written {label!r}, and the text has {there!r}",
        where=where,
        value=label,
    )


def unknown_argument(written: str, where: Where) -> Finding:
    """Return the warning on a part of a relation that nothing is annotated with."""
    return Finding(
        level=Level.WARNING,
        code="unknown-argument",
        message=f"nothing is annotated with {written!r}, which the relation names",
        where=where,
        value=written,
        hint="correct the id, or annotate where the paper mentions it",
    )
