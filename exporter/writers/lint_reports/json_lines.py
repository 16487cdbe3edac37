"""The report for a program: one JSON object on each line, the account on the last."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from exporter.errors import Where
from exporter.model.grounding import Grounding, Ranked
from exporter.model.linting import (
    Account,
    Doubt,
    Excerpt,
    Judged,
    LeftOut,
    LintedDocument,
    Named,
    Spot,
)
from exporter.model.mappings import Mapping as MappingRow
from exporter.model.review import Verdict


def document_line(document: LintedDocument, *, everything: bool) -> str:
    """Return the line of a document, its annotations too if everything is asked for."""
    content: dict[str, Any] = {
        "document": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "where": _where(document.where),
        "findings": [_doubt(doubt) for doubt in document.doubts],
    }
    if everything:
        content["annotations"] = [_judged(each) for each in document.judged]
    return line(content)


def left_out_line(record: LeftOut) -> str:
    """Return the line of a record that could not be read."""
    return line({"left_out": _left_out(record)})


def account_line(account: Account) -> str:
    """Return the last line."""
    return line({"account": account_values(account)})


def export_lines(
    papers: Iterable[LintedDocument],
    left_out: Iterable[LeftOut],
    account: Account,
    more: Mapping[str, int],
) -> Iterator[bytes]:
    """Yield the lines of an export: papers with all annotations, what was left out, the account."""
    for paper in papers:
        yield document_line(paper, everything=True).encode("utf-8")
    for record in left_out:
        yield left_out_line(record).encode("utf-8")
    yield line({"account": account_values(account) | dict(more)}).encode("utf-8")


def account_values(account: Account) -> dict[str, Any]:
    """Return the account with every id that nothing could be said of."""
    return {
        "documents": account.papers + account.cases,
        "papers": account.papers,
        "texts": account.texts,
        "cases": account.cases,
        "annotations": account.annotations,
        "statuses": dict(account.statuses),
        "decided_by": dict(account.rules),
        "findings": account.findings,
        "shown": account.shown,
        "hidden": dict(account.hidden),
        "by_rule": dict(account.codes),
        "by_level": dict(account.levels),
        "uncertain": account.uncertain,
        "releases": [
            {
                "name": each.name,
                "version": each.version,
                "held": each.held,
                "licence": each.licence,
                "annotations": each.annotations,
            }
            for each in account.releases
        ],
        "review": dict(account.verdicts),
        "left_out": account.number_left_out,
        "passed_over": account.passed_over,
    }


def line(content: dict[str, Any]) -> str:
    """Return an object as one line; letters that no encoding can hold are escaped."""
    written = json.dumps(content, ensure_ascii=False, separators=(", ", ": "))
    return written.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _left_out(record: LeftOut) -> dict[str, Any]:
    reasons = [{"problem": problem, "hint": hint} for problem, hint in record.reasons]
    return {"where": _where(record.where), "reasons": reasons}


def _where(where: Where) -> dict[str, Any]:
    values = {"file": where.file, "line": where.line, "column": where.column, "field": where.field}
    return {name: value for name, value in values.items() if value is not None}


def _doubt(doubt: Doubt) -> dict[str, Any]:
    finding, judged = doubt.finding, doubt.judged
    return {
        "rule": finding.code,
        "level": finding.level.value,
        "where": _where(finding.where),
        "value": finding.value,
        "why": finding.message,
        "fix": doubt.remedy,
        "proposed": _named(judged.proposed) if judged else None,
        "accept": doubt.command or None,
        "annotation": _said(judged) if judged else None,
    }


def _said(judged: Judged) -> dict[str, Any]:
    """Return an annotation as its source has it, with what its id is called."""
    annotation, excerpt = judged.annotation, judged.excerpt
    return {
        "key": judged.key,
        "annotator": annotation.annotator,
        "kind": annotation.kind,
        "label": annotation.label,
        "stated_as": annotation.stated_as,
        "line": annotation.line,
        "is": _named(judged.stated),
        "leads_to": _named(judged.concept),
        "mentions": [_spot(spot) for spot in judged.spots],
        "excerpt": _excerpt(excerpt) if excerpt else None,
    }


def _excerpt(excerpt: Excerpt) -> dict[str, str]:
    return {"before": excerpt.before, "exact": excerpt.exact, "after": excerpt.after}


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "start": spot.start,
        "end": spot.end,
        "exact": spot.exact,
        "section": spot.section,
        "line": spot.line,
        "column": spot.column,
    }


def _named(concept: Named | None) -> dict[str, str] | None:
    if concept is None:
        return None
    id_ = concept.id
    return {"id": id_.curie, "iri": id_.iri, "label": concept.label, "version": concept.version}


def _judged(judged: Judged) -> dict[str, Any]:
    grounding = judged.grounding
    return {
        **_said(judged),
        "status": grounding.status.value,
        "rule": grounding.rule,
        "why": grounding.reason,
        "score": grounding.score,
        "version": grounding.version,
        "proposed": _named(judged.proposed),
        "mappings": [_mapping(each) for each in grounding.mappings],
        "weighed": len(grounding.candidates),
        "candidates": _candidates(judged, grounding),
        "verdict": _verdict(grounding.verdict) if grounding.verdict else None,
    }


def _candidates(judged: Judged, grounding: Grounding) -> list[dict[str, Any]]:
    pairs = zip(grounding.ranked, judged.candidates, strict=True)
    return [_candidate(ranked, named) for ranked, named in pairs]


def _candidate(ranked: Ranked, named: Named) -> dict[str, Any]:
    candidate = ranked.candidate
    return {
        **(_named(named) or {}),
        "rank": ranked.rank,
        "score": candidate.score,
        "why": ranked.reason,
        "name": candidate.name,
        "scope": candidate.scope,
    }


def _mapping(row: MappingRow) -> dict[str, str]:
    return {
        "subject": row.subject.curie,
        "predicate": row.predicate,
        "object": row.object.curie,
        "justification": row.justification,
        "source": row.source,
        "version": row.version,
    }


def _verdict(verdict: Verdict) -> dict[str, str | None]:
    return {
        "decision": verdict.decision.value,
        "target": verdict.target.curie if verdict.target else None,
        "reason": verdict.reason,
        "curator": verdict.curator,
        "date": verdict.date,
    }
