"""All checks of cases: of each alone, and of their ids among each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from exporter.model.case import Case
from exporter.model.findings import Finding
from exporter.model.identifiers import Namespaces
from exporter.ontologies.measures import Measure
from exporter.sources._case_contradictions import contradiction_remarks
from exporter.sources._case_counts import count_remarks
from exporter.sources._case_evidence import evidence_remarks
from exporter.sources._case_groups import group_remarks
from exporter.sources._case_identifiers import identifier_remarks
from exporter.sources._case_remarks import Remark, error, line_in
from exporter.sources._case_results import result_remarks
from exporter.sources._case_times import time_remarks
from exporter.sources._case_treatments import treatment_remarks
from exporter.sources._interventions import known_interventions

MOST_REMARKS = 500


def check_case(
    case: Case, namespaces: Namespaces, measures: Mapping[str, Measure]
) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful in a case, in the order of the file.

    A finding of level error keeps the case out. Without measures none is looked up.
    """
    found = [
        remark.finding(case.where.file, line_in(case, remark.path))
        for remark in check_remarks(case, namespaces, measures)
    ]
    return tuple(sorted(found, key=lambda finding: finding.where.line or 0))


def check_remarks(
    case: Case, namespaces: Namespaces, measures: Mapping[str, Measure]
) -> Iterator[Remark]:
    """Yield what ``check_case`` tells, with paths instead of places; it ends after 500 remarks."""
    yield from capped(_every_remark(case, namespaces, measures))


def capped(every: Iterator[Remark]) -> Iterator[Remark]:
    """Yield the first 500 remarks; an error tells that there are more."""
    yield from islice(every, MOST_REMARKS)
    if next(every, None) is not None:
        message = f"there is more than these {MOST_REMARKS} remarks"
        yield error("too-many", (), message, "mend these and check again")


def _every_remark(
    case: Case, namespaces: Namespaces, measures: Mapping[str, Measure]
) -> Iterator[Remark]:
    yield from identifier_remarks(case, namespaces)
    yield from count_remarks(case)
    yield from group_remarks(case)
    yield from time_remarks(case)
    yield from treatment_remarks(case, known_interventions())
    yield from result_remarks(case, measures)
    yield from contradiction_remarks(case)
    yield from evidence_remarks(case)


def duplicate_case_ids(cases: Iterable[Case]) -> tuple[Finding, ...]:
    """Return an error at every case whose id another case has, too: none of them can be told."""
    by_id: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_id[case.case_id].append(case)
    return tuple(
        _duplicate(case, sorted(str(other.where) for other in same if other is not case))
        for _, same in sorted(by_id.items())
        if len(same) > 1
        for case in sorted(same, key=lambda case: str(case.where))
    )


def _duplicate(case: Case, others: list[str]) -> Finding:
    return error(
        "duplicate-case",
        ("case_id",),
        f"the case id {case.case_id!r} is also that of {', '.join(others)}",
        "give each case its own id, or leave one of the files out",
        case.case_id,
    ).finding(case.where.file, line_in(case, ("case_id",)))
