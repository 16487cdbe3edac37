"""Findings about annotations that a curator may want to look at, worst first within a line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.grounding.rules import rules
from exporter.model.document import Annotation, Text
from exporter.model.findings import Finding, Level
from exporter.model.grounding import Grounding, Status

_WORTH_A_NOTE = {"old-symbol", "label-is-synonym"}
_SECOND_LABEL = "second-label"


def findings(text: Text, groundings: Sequence[Grounding]) -> tuple[Finding, ...]:
    """Return a finding for each annotation that is not clean, and notes on some that are.

    ``groundings`` are those of the text's annotations, in their order.
    """
    rows = list(zip(text.annotations, groundings, strict=True))
    return (*_verdicts(text, rows), *_second_labels(text, rows))


def _verdicts(text: Text, rows: Sequence[tuple[Annotation, Grounding]]) -> Iterator[Finding]:
    by_code = {rule.code: rule for rule in rules()}
    for annotation, grounding in rows:
        rule = by_code.get(grounding.rule)
        settled = grounding.status in {Status.CLEAN, Status.ACCEPTED}
        if rule is None or (settled and rule.code not in _WORTH_A_NOTE):
            continue
        proposal = f"; proposed: {grounding.proposed}" if grounding.proposed else ""
        yield Finding(
            level=Level.NOTE if settled else rule.level,
            code=rule.code,
            message=grounding.reason,
            where=replace(text.where, line=annotation.line, field=annotation.kind),
            value=_as_stated(annotation),
            hint=f"{rule.remedy}{proposal}",
        )


def _second_labels(text: Text, rows: Sequence[tuple[Annotation, Grounding]]) -> Iterator[Finding]:
    """Yield a note where one list has one concept under two labels: one entity, counted once."""
    first: dict[tuple[str, str, str], Annotation] = {}
    for annotation, grounding in rows:
        if grounding.body is None:
            continue
        place = (annotation.annotator, annotation.kind, grounding.body.iri)
        known = first.setdefault(place, annotation)
        if known.label != annotation.label:
            yield Finding(
                level=Level.NOTE,
                code=_SECOND_LABEL,
                message=f"{annotation.label!r} is the same as {known.label!r}: {grounding.body}",
                where=replace(text.where, line=annotation.line, field=annotation.kind),
                value=_as_stated(annotation),
                hint="nothing to do; it is one entity and counts once",
            )


def _as_stated(annotation: Annotation) -> str:
    stated = annotation.stated_as or str(annotation.stated or "")
    return f"{annotation.label} ({stated})" if stated else annotation.label
