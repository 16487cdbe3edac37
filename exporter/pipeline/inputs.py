"""Everything that one run reads: papers joined, cases checked against them, rejects listed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from exporter.errors import (
    ExporterError,
    LimitError,
    MissingPartError,
    ProblemsError,
    UsageError,
    Where,
)
from exporter.model.case import Case
from exporter.model.document import Document
from exporter.model.findings import Finding, Level
from exporter.pipeline.knowledge import Knowledge
from exporter.sources import (
    MAX_BYTES,
    Record,
    Settings,
    Shelf,
    check_case,
    check_concepts,
    declared_restatements,
    duplicate_case_ids,
    inputs,
    merge,
    parse,
    place_evidence,
    records,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a record is left out, as the user sees it, and what to do."""

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A record that is left out: its place and every reason.

    ``over_limit`` tells that it may be sound, but is larger than is allowed.
    """

    where: Where
    reasons: tuple[Reason, ...]
    over_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What to read and how: paths, the format if named, the size limit, what to do with rejects."""

    paths: tuple[str, ...]
    settings: Settings
    wanted: str | None = None
    max_bytes: int = MAX_BYTES
    keep_going: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The papers and cases of a run, sorted by id, with what was noted and what was left out."""

    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]
    rejects: tuple[Reject, ...]


@dataclass(slots=True)
class _Basket:
    """Collects while reading; only ``gather`` fills it."""

    documents: list[Document] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def gather(reading: Reading, knowledge: Knowledge) -> Gathered:
    """Read every input; what is broken becomes a reject, the rest is joined and checked."""
    basket = _Basket()
    for source in inputs(reading.paths):
        with_place = Where(file=source.path)
        try:
            for record in records(source, wanted=reading.wanted, max_bytes=reading.max_bytes):
                _take(record, reading.settings, basket)
        except (UsageError, MissingPartError):
            raise
        except ExporterError as error:
            basket.rejects.append(_reject(error, with_place))
    documents = merge(basket.documents)
    documents, kinds = declared_restatements(documents, basket.cases)
    cases, notes = _sound(basket, Shelf(documents), knowledge)
    papers = [finding for document in documents for finding in document.findings]
    return Gathered(
        documents=documents,
        cases=cases,
        findings=(*basket.findings, *papers, *kinds, *notes),
        rejects=tuple(sorted(basket.rejects, key=lambda reject: str(reject.where))),
    )


def _take(record: Record | Finding, settings: Settings, basket: _Basket) -> None:
    if isinstance(record, Finding):
        basket.findings.append(record)
        return
    try:
        parsed = parse(record, settings)
    except (UsageError, MissingPartError):
        raise  # how the command was called concerns the whole run, not one record
    except ExporterError as error:
        basket.rejects.append(_reject(error, record.where))
        return
    if isinstance(parsed, Case):
        basket.cases.append(parsed)
    else:
        basket.documents.append(parsed)


def _sound(
    basket: _Basket, shelf: Shelf, knowledge: Knowledge
) -> tuple[tuple[Case, ...], list[Finding]]:
    """Return the cases without an error of their own, and the notes on them; reject the rest."""
    doubles = duplicate_case_ids(basket.cases)
    sound: list[Case] = []
    notes: list[Finding] = []
    for case in sorted(basket.cases, key=lambda case: (case.case_id, str(case.where))):
        found = list(_about(case, shelf, knowledge, doubles))
        notes += [finding for finding in found if finding.level is not Level.ERROR]
        errors = [finding for finding in found if finding.level is Level.ERROR]
        if errors:
            basket.rejects.append(_from_findings(case.where, errors))
        else:
            sound.append(case)
    return tuple(sound), notes


def _about(
    case: Case, shelf: Shelf, knowledge: Knowledge, doubles: Iterable[Finding]
) -> Iterator[Finding]:
    yield from case.findings
    yield from _own(doubles, case)
    yield from check_case(case, knowledge.namespaces, knowledge.measures)
    yield from check_concepts(case, knowledge.namespaces, knowledge.ontologies)
    _, misplaced = place_evidence(case, shelf)
    yield from misplaced


def _own(doubles: Iterable[Finding], case: Case) -> list[Finding]:
    """Return the first finding from the line on in which the case begins: a file may hold many."""
    of_file = [
        finding
        for finding in doubles
        if finding.where.file == case.where.file
        and finding.value == case.case_id
        and (finding.where.line or 0) >= (case.where.line or 0)
    ]
    return sorted(of_file, key=lambda finding: finding.where.line or 0)[:1]


def _reject(error: ExporterError, where: Where) -> Reject:
    problems = error.problems if isinstance(error, ProblemsError) else (error,)
    reasons = tuple(Reason(text=str(each), hint=each.hint) for each in problems)
    return Reject(
        where=error.where or where, reasons=reasons, over_limit=isinstance(error, LimitError)
    )


def _from_findings(where: Where, errors: Sequence[Finding]) -> Reject:
    reasons = tuple(Reason(text=str(finding), hint=finding.hint) for finding in errors)
    return Reject(where=where, reasons=reasons)
