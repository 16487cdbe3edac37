"""All checks of one case, in a fixed order."""

from collections.abc import Iterator, Mapping

from exporter.model.case import Case
from exporter.model.identifiers import Namespaces
from exporter.ontologies.measures import Measure
from exporter.sources._case_contradictions import contradiction_remarks
from exporter.sources._case_evidence import evidence_remarks
from exporter.sources._case_groups import group_remarks
from exporter.sources._case_identifiers import identifier_remarks
from exporter.sources._case_remarks import Remark, error, warning
from exporter.sources._case_results import result_remarks
from exporter.sources._case_times import time_remarks
from exporter.sources._case_treatments import treatment_remarks
from exporter.sources._interventions import known_interventions


def check(
    case: Case, namespaces: Namespaces, measures: Mapping[str, Measure], file_stem: str
) -> Iterator[Remark]:
    """Yield everything that is wrong or doubtful in a case; no file stem, no check of the name."""
    yield from _names(case, file_stem)
    yield from identifier_remarks(case, namespaces)
    yield from group_remarks(case)
    yield from time_remarks(case)
    yield from treatment_remarks(case, known_interventions())
    yield from result_remarks(case, measures)
    yield from contradiction_remarks(case)
    yield from evidence_remarks(case)


def _names(case: Case, file_stem: str) -> Iterator[Remark]:
    if file_stem and case.case_id != file_stem:
        message = f"the case is {case.case_id!r}, and its file {file_stem!r}"
        hint = f"rename the file to {case.case_id}.yaml, or write case_id: {file_stem}"
        yield warning("case-id-and-file", ("case_id",), message, hint, case.case_id)
    for key in ("same_patient_as", "possible_overlap_with"):
        for index, name in enumerate(getattr(case, key) or ()):
            if name == case.case_id:
                message = f"the case names itself in {key}"
                yield error("names-itself", (key, index), message, "delete it", name)
