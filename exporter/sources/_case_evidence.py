"""Checks of evidence: every fact has some, and every id leads to a quote or a statement."""

from collections import Counter
from collections.abc import Iterator

from exporter.model.case import AdverseEvent, Age, Case, EvidenceItem, Outcome, Part, Subject
from exporter.model.facts import Attribution, Diagnosis, Genotype, Phenotype, Span
from exporter.model.laboratory import (
    Biomarker,
    Correlation,
    Measurement,
    Serology,
    SerologyResult,
)
from exporter.model.treatment import Dose, Indication, Treatment
from exporter.sources._case_remarks import Path, Remark, error, meant, note, records

NOT_STATED = "not stated"
_NEEDS_OWN = (
    Age,
    AdverseEvent,
    Attribution,
    Correlation,
    Diagnosis,
    Genotype,
    Indication,
    Measurement,
    Outcome,
    Phenotype,
    SerologyResult,
    Treatment,
)
_MAY_HAVE = (*_NEEDS_OWN, Biomarker, Dose, Part, Serology, Span, Subject)
_HOW = "write evidence: [e1] with the id of an item of the list evidence"


def evidence_remarks(case: Case) -> Iterator[Remark]:
    """Remark on facts without evidence, ids that lead nowhere, and items that say nothing."""
    ids = dict.fromkeys(item.id for item in case.evidence)
    used: set[str] = set()
    for path, record in records(case, object):
        if isinstance(record, _MAY_HAVE):
            used |= set(record.evidence or ())
            yield from _unknown_ids(record.evidence or (), ids, (*path, "evidence"))
            if not record.evidence and _needs(record, path):
                message = f"{_name(path)} has no evidence"
                yield error("no-evidence", (*path, "evidence"), message, _HOW)
        if isinstance(record, Outcome):
            used |= set(record.contradicted_by or ())
            place = (*path, "contradicted_by")
            yield from _unknown_ids(record.contradicted_by or (), ids, place)
    yield from _items(case, used)


def _needs(record: object, path: Path) -> bool:
    """Tell whether a record must have evidence of its own; doses share that of the treatment."""
    match record:
        case Part():
            return record.defined_by.label.strip().casefold() != NOT_STATED
        case Subject():
            return any(fact is not None for fact in (record.sex, record.ancestry, record.relation))
        case Serology():
            return not record.series
        case Biomarker():
            return not record.series and not record.correlations
        case Span():
            return path[0] in {"follow_up", "subject"}
    return isinstance(record, _NEEDS_OWN)


def _name(path: Path) -> str:
    words = [str(part).replace("_", " ") for part in path if isinstance(part, str)]
    return " of ".join(reversed(words)) or "the case"


def _unknown_ids(evidence: tuple[str, ...], ids: dict[str, None], path: Path) -> Iterator[Remark]:
    for index, name in enumerate(evidence):
        if name not in ids:
            message = f"there is no evidence item {name!r}"
            yield error("unknown-evidence", (*path, index), message, meant(name, ids), name)


def _items(case: Case, used: set[str]) -> Iterator[Remark]:
    counts = Counter(item.id for item in case.evidence)
    seen: set[str] = set()
    for index, item in enumerate(case.evidence):
        path = ("evidence", index)
        if counts[item.id] > 1 and item.id in seen:
            message = f"two evidence items have the id {item.id!r}"
            yield error("duplicate-evidence", (*path, "id"), message, "give each its own", item.id)
        seen.add(item.id)
        yield from _item(item, path)
        if item.id not in used:
            yield note("unused-evidence", path, f"nothing refers to the evidence item {item.id!r}")


def _item(item: EvidenceItem, path: Path) -> Iterator[Remark]:
    if item.quote is None and item.statement is None:
        yield error(
            "empty-evidence",
            path,
            f"the evidence item {item.id!r} has neither a quote nor a statement",
            "write quote: with words of the text, or quote: null and statement: with what was"
            " seen in a part that the text leaves out",
        )
    if item.quote is not None and item.section is None:
        yield note(
            "no-section",
            (*path, "section"),
            f"the evidence item {item.id!r} does not name its section: the quote is searched"
            " in the whole text",
        )
