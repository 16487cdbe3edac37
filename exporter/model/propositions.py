"""What a case says for or against propositions about drugs: one line for each row that tells.

Each row of index treatments and outcomes gives evidence lines or is counted as silent with the
reason, never both. Three decisions keep a line from saying more than its row:

- A row about a group whose confirmed diagnoses differ counts for a diagnosis only if it is about
  that diagnosis's subgroup; a row about the whole group does not tell them apart and is silent.
- A row under a name that stands for several index drugs (a treatment that ``restates`` their arms)
  gives a line for each of them, and each line names the rows of the others as pooled with it.
- A marker, an antibody included, speaks for its own proposition ("the drug lowers the marker") and
  never for a clinical one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from exporter.errors import IdentifierError
from exporter.model._directions import Verdict, clinical_direction, marker_direction
from exporter.model._index_drugs import IndexDrug, drugs_of, index_drugs
from exporter.model.case import Case, Outcome
from exporter.model.evidence import EvidenceLine, Proposition, PropositionKind, SilentRow
from exporter.model.extent import extent_of
from exporter.model.facts import Diagnosis
from exporter.model.identifiers import EntityId, Namespaces

_MARKERS = ("biomarker", "serology")
_NO_CONDITION = "the case has no confirmed diagnosis with an id"
_NOT_TOLD_APART = "the row does not tell the diagnoses of the group apart"
_OVERLAP_UNKNOWN = "the case does not say which patients on the drug had which diagnosis"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Condition:
    """A confirmed diagnosis; ``part`` is None where everyone in the case has it."""

    id: EntityId
    everyone: bool
    diagnosis: Diagnosis


Found = tuple[tuple[EvidenceLine, ...], tuple[SilentRow, ...]]


def propositions(case: Case, namespaces: Namespaces) -> Found:
    """Return the evidence lines of a case and the rows that give none, in the order of the case."""
    conditions = tuple(_conditions(case, namespaces))
    found = [*_uses(case, conditions, namespaces), *_effects(case, conditions, namespaces)]
    lines = tuple(item for item in found if isinstance(item, EvidenceLine))
    silent = tuple(item for item in found if isinstance(item, SilentRow))
    return lines, silent


def _conditions(case: Case, namespaces: Namespaces) -> Iterator[_Condition]:
    """Yield each confirmed diagnosis once; one that nobody was found to have is none."""
    seen: set[tuple[EntityId, str | None]] = set()
    for diagnosis in case.diagnoses or ():
        extent = extent_of(diagnosis)
        if diagnosis.status != "confirmed" or diagnosis.id is None or extent.is_nobody:
            continue
        try:
            entity = namespaces.parse(diagnosis.id)
        except IdentifierError:
            continue
        everyone = extent.is_everyone(case)
        key = (entity, None if everyone else diagnosis.subgroup)
        if key not in seen:
            seen.add(key)
            yield _Condition(id=entity, everyone=everyone, diagnosis=diagnosis)


def _uses(
    case: Case, conditions: tuple[_Condition, ...], namespaces: Namespaces
) -> Iterator[EvidenceLine | SilentRow]:
    for drug in index_drugs(case, namespaces):
        if isinstance(drug, SilentRow):
            yield drug
            continue
        lines = [
            _use(case, drug, condition) for condition in conditions if _had(case, drug, condition)
        ]
        reason = _OVERLAP_UNKNOWN if conditions else _NO_CONDITION
        yield from lines or [SilentRow(case_id=case.case_id, row=drug.row, reason=reason)]


def _had(case: Case, drug: IndexDrug, condition: _Condition) -> bool:
    """Tell whether patients on the drug had the condition: everyone has one of the two."""
    return condition.everyone or extent_of(drug.treatment).is_everyone(case)


def _use(case: Case, drug: IndexDrug, condition: _Condition) -> EvidenceLine:
    counted = drug.treatment if condition.everyone else condition.diagnosis
    return EvidenceLine(
        proposition=Proposition(kind=PropositionKind.USE, drug=drug.id, condition=condition.id),
        case_id=case.case_id,
        row=drug.row,
        direction=None,
        decided_by="role",
        study_design=case.source.study_design,
        n=counted.n,
        of=counted.of,
        confounders=_confounders(case, drug),
        hedged=_is_hedged(case, drug, condition),
        evidence=tuple(drug.treatment.evidence or ()),
    )


def _effects(
    case: Case, conditions: tuple[_Condition, ...], namespaces: Namespaces
) -> Iterator[EvidenceLine | SilentRow]:
    for place, outcome in enumerate(case.outcomes or ()):
        row = f"outcomes/{place}"
        drugs = drugs_of(case, outcome, namespaces)
        verdict = _verdict(case, outcome, drugs)
        fitting = [condition for condition in conditions if _fits(condition, outcome)]
        reason = verdict.reason or _why_no_condition(conditions, fitting)
        if reason or isinstance(drugs, str):
            yield SilentRow(case_id=case.case_id, row=row, reason=reason)
            continue
        for drug in drugs:
            for condition in fitting:
                yield _effect(case, place, _Seen(drug, drugs, condition, verdict))


@dataclass(frozen=True, slots=True)
class _Seen:
    drug: IndexDrug
    drugs: tuple[IndexDrug, ...]
    condition: _Condition
    verdict: Verdict


def _verdict(case: Case, outcome: Outcome, drugs: tuple[IndexDrug, ...] | str) -> Verdict:
    if isinstance(drugs, str):
        return Verdict(reason=drugs)
    if outcome.restates:
        return Verdict(reason="it restates rows that are counted already")
    if outcome.domain in _MARKERS:
        return marker_direction(outcome)
    reasons = {reason for drug in drugs for reason in drug.treatment.stop_reason or ()}
    return clinical_direction(outcome, frozenset(reasons))


def _fits(condition: _Condition, outcome: Outcome) -> bool:
    """Tell whether the patients of a row are known to have had the condition."""
    subgroup = condition.diagnosis.subgroup
    return condition.everyone or (subgroup is not None and subgroup == outcome.subgroup)


def _why_no_condition(conditions: tuple[_Condition, ...], fitting: list[_Condition]) -> str:
    if fitting:
        return ""
    return _NOT_TOLD_APART if conditions else _NO_CONDITION


def _effect(case: Case, place: int, seen: _Seen) -> EvidenceLine:
    outcome = (case.outcomes or ())[place]
    attribution = outcome.attributed_to if outcome.relation == "attributed" else None
    named = attribution.evidence if attribution is not None else None
    return EvidenceLine(
        proposition=_proposition(outcome, seen),
        case_id=case.case_id,
        row=f"outcomes/{place}",
        direction=seen.verdict.direction,
        decided_by=seen.verdict.decided_by,
        study_design=case.source.study_design,
        n=outcome.n,
        of=outcome.of,
        percent=outcome.percent,
        approximate=outcome.approximate is True,
        attributed=attribution is not None,
        wording=attribution.wording if attribution is not None else None,
        confounders=_confounders(case, seen.drug),
        pooled_with=tuple(drug.row for drug in seen.drugs if drug.id != seen.drug.id),
        hedged=_is_hedged(case, seen.drug, seen.condition, outcome),
        evidence=tuple(dict.fromkeys([*(outcome.evidence or ()), *(named or ())])),
    )


def _proposition(outcome: Outcome, seen: _Seen) -> Proposition:
    is_marker = outcome.domain in _MARKERS
    return Proposition(
        kind=PropositionKind.MARKER_EFFECT if is_marker else PropositionKind.RESPONSE,
        drug=seen.drug.id,
        condition=seen.condition.id,
        family=(outcome.measure or "") if is_marker else outcome.domain,
    )


def _confounders(case: Case, drug: IndexDrug) -> tuple[str, ...]:
    """Return the rows of drugs given at the same time; one of another arm was not."""
    return tuple(
        f"treatments/{place}"
        for place, other in enumerate(case.treatments or ())
        if other.role == "concomitant"
        and not other.restates
        and not extent_of(other).is_nobody
        and (other.arm is None or drug.treatment.arm in (None, other.arm))
    )


def _is_hedged(
    case: Case, drug: IndexDrug, condition: _Condition, outcome: Outcome | None = None
) -> bool:
    """Tell whether the curator concludes, is unsure, or names evidence that disagrees."""
    records = [drug.treatment.about, drug.treatment.drug.about, condition.diagnosis.about]
    if outcome is not None:
        records.append(outcome.about)
    disagreeing = outcome is not None and bool(outcome.contradicted_by)
    is_unsure = (case.curation.confidence or "").casefold() == "low"
    return disagreeing or is_unsure or any(about.inferred is True for about in records)
