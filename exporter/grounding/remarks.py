"""Findings about annotations that a curator may want to look at, worst first within a line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from exporter.grounding.placed import are_placed
from exporter.grounding.rule import Rule
from exporter.grounding.rules import rules
from exporter.model.document import Annotation, Text
from exporter.model.findings import Finding, Level
from exporter.model.grounding import Grounding, Status

_WORTH_A_NOTE = {"old-symbol", "label-is-synonym"}
_COUNTED = {"ambiguous-mapping", "no-mapping", "not-checked", "unresolved", "by-name", "no-target"}
_OF_LISTS = {"label-mismatch", *_WORTH_A_NOTE}
_SECOND_LABEL = "second-label"


def findings(text: Text, groundings: Sequence[Grounding]) -> tuple[Finding, ...]:
    """Return a finding for each annotation that is not clean, and notes on some that are.

    ``groundings`` are those of the text's annotations, in their order.
    """
    return tuple(finding for _, finding in placed_findings(text, groundings))


def placed_findings(text: Text, groundings: Sequence[Grounding]) -> Iterator[tuple[int, Finding]]:
    """Yield what ``findings`` returns, each with the number of its annotation in the text."""
    rows = list(zip(text.annotations, groundings, strict=True))
    is_placed = are_placed(text.annotations)
    yield from _verdicts(text, rows, is_placed=is_placed)
    if not is_placed:
        yield from _second_labels(text, rows)


def _verdicts(
    text: Text, rows: Sequence[tuple[Annotation, Grounding]], *, is_placed: bool
) -> Iterator[tuple[int, Finding]]:
    # Nobody is accused of anything: such are counted and listed by namespace.
    silent = _COUNTED | _OF_LISTS if is_placed else _COUNTED
    for number, (annotation, grounding) in enumerate(rows):
        settled = grounding.status is Status.CLEAN or grounding.status is Status.ACCEPTED
        if settled and (is_placed or grounding.rule not in _WORTH_A_NOTE):
            continue
        if grounding.rule in silent or grounding.verdict is not None:
            continue  # or a curator has decided
        rule = _rule(grounding.rule)
        if rule is None:
            continue
        proposal = f"; proposed: {grounding.proposed}" if grounding.proposed else ""
        finding = Finding(
            level=Level.NOTE if settled else grounding.level or _level(rule, is_placed),
            code=rule.code,
            message=grounding.reason,
            where=replace(text.where, line=annotation.line, field=annotation.kind),
            value=_as_stated(annotation),
            hint=f"{rule.remedy}{proposal}",
        )
        yield number, finding


def _second_labels(
    text: Text, rows: Sequence[tuple[Annotation, Grounding]]
) -> Iterator[tuple[int, Finding]]:
    """Yield a note where one list has one concept under two labels: one entity, counted once."""
    first: dict[tuple[str, str, str], Annotation] = {}
    for number, (annotation, grounding) in enumerate(rows):
        if grounding.body is None:
            continue
        place = (annotation.annotator, annotation.kind, grounding.body.iri)
        known = first.setdefault(place, annotation)
        if known.label != annotation.label:
            finding = Finding(
                level=Level.NOTE,
                code=_SECOND_LABEL,
                message=f"{annotation.label!r} is the same as {known.label!r}: {grounding.body}",
                where=replace(text.where, line=annotation.line, field=annotation.kind),
                value=_as_stated(annotation),
                hint="nothing to do; it is one entity and counts once",
            )
            yield number, finding


@cache
def _rule(code: str) -> Rule | None:
    return next((rule for rule in rules() if rule.code == code), None)


def _level(rule: Rule, is_placed: bool) -> Level:
    return (rule.level_of_place if is_placed else None) or rule.level


def _as_stated(annotation: Annotation) -> str:
    stated = annotation.stated_as or str(annotation.stated or "")
    return f"{annotation.label} ({stated})" if stated else annotation.label
