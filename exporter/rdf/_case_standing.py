"""Which standing a fact of a case has: nothing but the plain fact may look like one.

A query that asks for no standing meets only what is present in everyone of the case. What is
excluded, suspected, previous, absent, not tested, compared between groups, counted in nobody, true
of a part of a group or concluded by a curator differs in the link from the case, in class and in
the property that leads to the concept.
"""

from collections.abc import Callable
from typing import Any

from exporter.model.case import AdverseEvent, Case, Outcome
from exporter.model.extent import Extent, extent_of
from exporter.model.facts import Diagnosis, Phenotype
from exporter.model.laboratory import Measurement, Serology, SerologyResult
from exporter.model.treatment import Treatment
from exporter.rdf._case_terms import Standing, standings

NOBODY = "nobody"


def standing_of(record: str, fact: Any, case: Case, *, inferred: bool = False) -> Standing | None:
    """Return the standing of a fact of a case, or None for a record that has none."""
    known = standings().get(record)
    if known is None:
        return None
    standing = known[_NAMES[record](fact, case)]
    if inferred:
        return standing.inferred()
    extent = extent_of(fact)
    in_part = standing.has_parts and not extent.is_nobody and not extent.is_everyone(case)
    return standing.in_part() if in_part else standing


def stated_status(record: str, fact: Any, case: Case) -> str | None:
    """Return the status that the file states where the standing alone does not tell it."""
    status = getattr(fact, "status", None)
    standing = standing_of(record, fact, case)
    if status is None or standing is None or standing.statuses == (status,):
        return None
    return str(status)


def _diagnosis(fact: Diagnosis, _: Case) -> str:
    return NOBODY if extent_of(fact).is_nobody else fact.status


def _phenotype(fact: Phenotype, case: Case) -> str:
    known = standings()["Phenotype"].values()
    name = next(standing.name for standing in known if fact.status in standing.statuses)
    if name == "compared" or not extent_of(fact).is_nobody:
        return name
    return _absent_in_nobody(fact.status, extent_of(fact), case)


def _absent_in_nobody(status: str, extent: Extent, case: Case) -> str:
    """Return ``absent`` for a finding that nobody of the whole case has."""
    whole = extent.part is None and (extent.of is None or extent.of >= case.n)
    return "absent" if status == "present" and whole else NOBODY


def _reported(fact: Any, _: Case) -> str:
    return NOBODY if extent_of(fact).is_nobody else "reported"


def _refractory(fact: Any, _: Case) -> str:
    return NOBODY if extent_of(fact).is_nobody else "stated"


def _serology(fact: Serology, _: Case) -> str:
    results = {result.result for result in fact.series or ()}
    return "not-tested" if results == {"not-tested"} and not fact.ever_positive else "tested"


def _serology_result(fact: SerologyResult, _: Case) -> str:
    return NOBODY if extent_of(fact).is_nobody else fact.result


def _measurement(fact: Measurement, case: Case) -> str:
    if extent_of(fact).is_nobody:
        return NOBODY
    own = (fact.value, fact.level, fact.change)
    if fact.comparison is not None and own == (None, None, None):
        return "compared"
    return "statistic" if case.is_group and fact.value is not None else "measured"


def _treatment(fact: Treatment, _: Case) -> str:
    if extent_of(fact).is_nobody:
        return NOBODY
    return "restating" if fact.restates else "given"


def _outcome(fact: Outcome, _: Case) -> str:
    return NOBODY if extent_of(fact).is_nobody else "judged"


def _adverse_event(fact: AdverseEvent, _: Case) -> str:
    return "absent" if extent_of(fact).is_nobody else fact.status


def _age(_: Any, case: Case) -> str:
    return "group" if case.is_group else "one-patient"


_NAMES: dict[str, Callable[[Any, Case], str]] = {
    "Diagnosis": _diagnosis,
    "Phenotype": _phenotype,
    "Refractory": _refractory,
    "Genotype": _reported,
    "Serology": _serology,
    "SerologyResult": _serology_result,
    "Measurement": _measurement,
    "Treatment": _treatment,
    "Outcome": _outcome,
    "AdverseEvent": _adverse_event,
    "Age": _age,
}
