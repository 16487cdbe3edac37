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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from exporter.errors import IdentifierError
from exporter.model._directions import Verdict, clinical_direction, marker_direction
from exporter.model._index_drugs import IndexDrug, NamedDrugs, drugs_of, index_drugs
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
    """A confirmed diagnosis, of everyone in the case or of a part of it."""

    id: EntityId
    everyone: bool
    diagnosis: Diagnosis


Found = tuple[tuple[EvidenceLine, ...], tuple[SilentRow, ...]]


def propositions(case: Case, namespaces: Namespaces) -> Found:
    """Return the evidence lines of a case and the rows that give none, in the order of the case."""
    conditions = _conditions(case, namespaces)
    found = [*_uses(case, conditions, namespaces), *_effects(case, conditions, namespaces)]
    lines = tuple(item for item in found if isinstance(item, EvidenceLine))
    silent = tuple(item for item in found if isinstance(item, SilentRow))
    return lines, silent


def _conditions(case: Case, namespaces: Namespaces) -> tuple[_Condition, ...]:
    """Return the confirmed diagnoses; one that nobody was found to have is none."""
    found = []
    for diagnosis in case.diagnoses or ():
        extent, entity = extent_of(diagnosis), _entity(diagnosis.id, namespaces)
        if diagnosis.status == "confirmed" and entity is not None and not extent.is_nobody:
            everyone = extent.is_everyone(case)
            found.append(_Condition(id=entity, everyone=everyone, diagnosis=diagnosis))
    shared = {condition.id for condition in found if condition.everyone}
    return tuple(one for one in found if one.everyone or one.id not in shared)


def _entity(text: str | None, namespaces: Namespaces) -> EntityId | None:
    try:
        return namespaces.parse(text or "")
    except IdentifierError:
        return None


def _uses(
    case: Case, conditions: tuple[_Condition, ...], namespaces: Namespaces
) -> Iterator[EvidenceLine | SilentRow]:
    for drug in index_drugs(case, namespaces):
        if isinstance(drug, SilentRow):
            yield drug
            continue
        had = [condition for condition in conditions if _had(case, drug, condition)]
        yield from _once(_use(case, drug, condition) for condition in had)
        if not had:
            reason = _OVERLAP_UNKNOWN if conditions else _NO_CONDITION
            yield SilentRow(case_id=case.case_id, row=drug.row, reason=reason)


def _once(lines: Iterable[EvidenceLine]) -> Iterator[EvidenceLine]:
    """Yield one line for each proposition; one that several parts gave keeps no number."""
    merged: dict[Proposition, EvidenceLine] = {}
    for line in lines:
        known = merged.get(line.proposition)
        merged[line.proposition] = line if known is None else replace(line, n=None, of=None)
    yield from merged.values()


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
        named = drugs_of(case, outcome, namespaces)
        verdict = _verdict(outcome, named)
        fitting = [condition for condition in conditions if _fits(condition, outcome)]
        reason = verdict.reason or _why_no_condition(conditions, fitting)
        if reason:
            yield SilentRow(case_id=case.case_id, row=f"outcomes/{place}", reason=reason)
            continue
        yield from _once(
            _effect(case, place, _Seen(drug, named, condition, verdict))
            for drug in named.drugs
            for condition in fitting
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    drug: IndexDrug
    named: NamedDrugs
    condition: _Condition
    verdict: Verdict


def _verdict(outcome: Outcome, named: NamedDrugs) -> Verdict:
    if outcome.restates:
        return Verdict(reason="it restates rows that are counted already")
    if named.reason:
        return Verdict(reason=named.reason)
    if outcome.domain in _MARKERS:
        return marker_direction(outcome)
    reasons = {reason for drug in named.drugs for reason in drug.treatment.stop_reason or ()}
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
        pooled_with=seen.named.others(seen.drug),
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
