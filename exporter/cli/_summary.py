"""What a run tells its user: what was read, what is doubtful, what was left out, the verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from exporter.cli._described import kept
from exporter.model.findings import Finding, Level
from exporter.ontologies.index import ReleaseAtHand
from exporter.pipeline import Exported
from exporter.pipeline.inputs import Gathered
from exporter.validation.results import Report


def rejected(gathered: Gathered) -> Iterator[str]:
    """Yield each reason for which a record was left out, and what to do."""
    for reject in gathered.rejects:
        for reason in reject.reasons:
            yield f"error: {reason.text}"
            if reason.hint:
                yield f"hint:  {reason.hint}"


def doubts(exported: Exported) -> Iterator[str]:
    """Yield errors and warnings in the order of their places; other notes are only counted."""
    shown = [finding for finding in exported.findings if finding.level is not Level.NOTE]
    for finding in sorted(shown, key=_place):
        yield f"doubtful: {finding}"
        if finding.hint:
            yield f"hint:  {finding.hint}"


def unread(gathered: Gathered) -> Iterator[str]:
    """Yield the files of folders that were passed over."""
    for finding in gathered.findings:
        if finding.code == "left-out":
            yield f"note: {finding}"


def notes(exported: Exported) -> Iterator[str]:
    """Yield the remaining notes: what is right but worth knowing."""
    shown = [finding for finding in exported.findings if finding.level is Level.NOTE]
    for finding in sorted(shown, key=_place):
        if finding.code != "left-out":
            yield f"note: {finding}"


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.where.file or "", finding.where.line or 0, str(finding)


def summary(gathered: Gathered, exported: Exported, statements: int) -> Iterator[str]:
    """Yield the counts: papers, texts, annotations by standing, cases, evidence lines, notes."""
    texts = sum(len(document.texts) for document in gathered.documents)
    yield f"papers      {len(gathered.documents)} ({texts} texts)"
    standing = Counter(g.status for p in exported.papers for group in p.groundings for g in group)
    yield f"annotations {standing.total()} ({_listed(standing)})"
    yield from _relations(gathered)
    lines = [line for case in exported.cases for line in case.lines]
    directions = Counter(line.direction or "use" for line in lines)
    groups = sum(case.case.is_group for case in exported.cases)
    yield f"cases       {len(exported.cases)} ({groups} of groups)"
    yield f"evidence    {len(lines)} lines ({_listed(directions)}), {_silent(exported)} rows silent"
    levels = Counter(finding.level for finding in exported.findings)
    yield f"findings    {levels.total()} ({_listed(levels)})"
    yield f"left out    {len(gathered.rejects)} records"
    yield f"statements  {statements}"


def counts(gathered: Gathered, exported: Exported) -> dict[str, int]:
    """Return what the account of annotations does not count, for a program."""
    return {
        "evidence_lines": sum(len(case.lines) for case in exported.cases),
        "silent_rows": _silent(exported),
        "relations": _number_of_relations(gathered),
    }


def _number_of_relations(gathered: Gathered) -> int:
    return sum(len(text.relations) for paper in gathered.documents for text in paper.texts)


def _relations(gathered: Gathered) -> Iterator[str]:
    """Yield how many relations of papers were read, if any were; they are not written yet."""
    number = _number_of_relations(gathered)
    if number:
        yield f"relations   {number} read from papers, none of them written"


def grounded(releases: Iterable[tuple[ReleaseAtHand, int]]) -> Iterator[str]:
    """Yield which releases hold the concepts of the annotations, and of how many."""
    held = [f"{each} {kept(each)}: {number}" for each, number in releases]
    yield f"grounded by {', '.join(held) or 'nothing'}"


def reviewed(account: Mapping[str, int]) -> Iterator[str]:
    """Yield what became of the verdicts of curators, if there are any."""
    if account:
        rest = [f"{number} {what}" for what, number in account.items() if what != "verdicts"]
        yield f"review      {account['verdicts']} ({', '.join(rest)})"


def violations(report: Report) -> Iterator[str]:
    """Yield what the shapes found, then the verdict."""
    for result in report.results:
        place = str(result.where)
        yield f"{place + ': ' if place else ''}{result.severity} {result.shape}: {result.message}"
    verdict = "does not conform" if report.fails() else "conforms"
    yield f"validation  {verdict} ({len(report.shapes)} shapes, {len(report.results)} results)"


def _silent(exported: Exported) -> int:
    return sum(len(case.silent) for case in exported.cases)


def _listed(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "none"
