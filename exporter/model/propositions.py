"""What a case says for or against propositions about drugs: one line for each row that tells.

Each row of index treatments and outcomes gives evidence lines or is counted as silent with the
reason, never both. Four decisions keep a line from saying more than its row:

- A row about a group whose confirmed diagnoses differ counts for a diagnosis only if it is about
  that diagnosis's subgroup; a row about the whole group does not tell them apart and is silent.
- A drug whose treatment states one of the confirmed diagnoses as its indication speaks of that one
  only. Where it states none and the patients have several, its use gives a hedged line for each,
  and a row about its effect is silent: it does not say which diagnosis changed.
- A row under a name that stands for several index drugs (a treatment that ``restates`` their arms)
  gives a line for each of them, and each line names the rows of the others as pooled with it.
- A marker, an antibody included, speaks for its own proposition ("the drug lowers the marker") and
  never for a clinical one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from exporter.model._conditions import Condition, confirmed, indicated
from exporter.model._directions import Verdict, clinical_direction, marker_direction
from exporter.model._index_drugs import IndexDrug, NamedDrugs, drugs_of, index_drugs
from exporter.model.case import Case, Outcome
from exporter.model.evidence import EvidenceLine, Proposition, PropositionKind, SilentRow
from exporter.model.extent import extent_of
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.inference import is_inferred

_MARKERS = ("biomarker", "serology")
_NO_CONDITION = "the case has no confirmed diagnosis with an id"
_NOT_TOLD_APART = "the row does not tell the diagnoses of the group apart"
_OVERLAP_UNKNOWN = "the case does not say which patients on the drug had which diagnosis"
_SEVERAL = "several diagnoses, the row does not say which one it is about"
_OTHER_INDICATION = "the drug was given for another diagnosis than that of these patients"

Found = tuple[tuple[EvidenceLine, ...], tuple[SilentRow, ...]]


def propositions(case: Case, namespaces: Namespaces) -> Found:
    """Return the evidence lines of a case and the rows that give none, in the order of the case."""
    known = _Known(case, confirmed(case, namespaces), namespaces)
    found = [*_uses(known), *_effects(known)]
    lines = tuple(item for item in found if isinstance(item, EvidenceLine))
    silent = tuple(item for item in found if isinstance(item, SilentRow))
    return lines, silent


@dataclass(frozen=True, slots=True)
class _Known:
    case: Case
    conditions: tuple[Condition, ...]
    namespaces: Namespaces

    def indicated(self, drug: IndexDrug) -> tuple[Condition, ...]:
        return indicated(drug.treatment, self.conditions, self.namespaces)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A drug, a diagnosis that it may have been given for, and how sure that is."""

    drug: IndexDrug
    id: EntityId
    condition: Condition
    undecided: bool = False


def _uses(known: _Known) -> Iterator[EvidenceLine | SilentRow]:
    case = known.case
    for drug in index_drugs(case, known.namespaces):
        if isinstance(drug, SilentRow):
            yield drug
            continue
        used = list(_used(known, drug))
        yield from _once(_use(case, seen) for seen in used)
        if not used:
            reason = _OVERLAP_UNKNOWN if _has_id(known.conditions) else _NO_CONDITION
            yield SilentRow(case_id=case.case_id, row=drug.row, reason=reason)


def _used(known: _Known, drug: IndexDrug) -> Iterator[_Seen]:
    """Yield the diagnoses of the patients on the drug: the indicated ones, else every one."""
    named = known.indicated(drug)
    for condition in named or known.conditions:
        if condition.id is not None and _had(known.case, drug, condition):
            undecided = not named and condition.has_rival(known.conditions)
            yield _Seen(drug=drug, id=condition.id, condition=condition, undecided=undecided)


def _has_id(conditions: Iterable[Condition]) -> bool:
    return any(condition.id is not None for condition in conditions)


def _once(lines: Iterable[EvidenceLine]) -> Iterator[EvidenceLine]:
    """Yield one line for each proposition; one that several parts gave keeps no number."""
    merged: dict[Proposition, EvidenceLine] = {}
    for line in lines:
        known = merged.get(line.proposition)
        merged[line.proposition] = line if known is None else replace(line, n=None, of=None)
    yield from merged.values()


def _had(case: Case, drug: IndexDrug, condition: Condition) -> bool:
    """Tell whether patients on the drug had the condition: everyone has one of the two."""
    return condition.everyone or extent_of(drug.treatment).is_everyone(case)


def _use(case: Case, seen: _Seen) -> EvidenceLine:
    treatment = seen.drug.treatment
    counted = treatment if seen.condition.everyone else seen.condition.diagnosis
    return EvidenceLine(
        proposition=Proposition(kind=PropositionKind.USE, drug=seen.drug.id, condition=seen.id),
        case_id=case.case_id,
        row=seen.drug.row,
        direction=None,
        decided_by="role",
        study_design=case.source.study_design,
        n=counted.n,
        of=counted.of,
        confounders=_confounders(case, seen.drug),
        hedged=seen.undecided or _is_hedged(case, seen),
        evidence=tuple(treatment.evidence or ()),
    )


def _effects(known: _Known) -> Iterator[EvidenceLine | SilentRow]:
    case = known.case
    for place, outcome in enumerate(case.outcomes or ()):
        row = _Row(place, outcome, drugs_of(case, outcome, known.namespaces))
        verdict = _verdict(outcome, row.named)
        judged = [seen for drug in row.named.drugs for seen in _judged(known, drug, outcome)]
        reason = verdict.reason or ("" if judged else _why_no_condition(known, row))
        if reason:
            yield SilentRow(case_id=case.case_id, row=f"outcomes/{place}", reason=reason)
        else:
            yield from _once(_effect(case, row, seen, verdict) for seen in judged)


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    outcome: Outcome
    named: NamedDrugs


def _judged(known: _Known, drug: IndexDrug, outcome: Outcome) -> Iterator[_Seen]:
    """Yield the one diagnosis that a row can be about; of several, none."""
    about = [one for one in known.indicated(drug) or known.conditions if one.fits(outcome)]
    if len({condition.key for condition in about}) == 1:
        for condition in about:
            if condition.id is not None:
                yield _Seen(drug=drug, id=condition.id, condition=condition)


def _why_no_condition(known: _Known, row: _Row) -> str:
    if not _has_id(known.conditions):
        return _NO_CONDITION
    fitting = [condition for condition in known.conditions if condition.fits(row.outcome)]
    if not _has_id(fitting):
        return _NOT_TOLD_APART
    meant = [one for drug in row.named.drugs for one in known.indicated(drug) or fitting]
    return _SEVERAL if any(one in fitting for one in meant) else _OTHER_INDICATION


def _verdict(outcome: Outcome, named: NamedDrugs) -> Verdict:
    if outcome.restates:
        return Verdict(reason="it restates rows that are counted already")
    if named.reason:
        return Verdict(reason=named.reason)
    if outcome.domain in _MARKERS:
        return marker_direction(outcome)
    reasons = {reason for drug in named.drugs for reason in drug.treatment.stop_reason or ()}
    return clinical_direction(outcome, frozenset(reasons))


def _effect(case: Case, row: _Row, seen: _Seen, verdict: Verdict) -> EvidenceLine:
    outcome = row.outcome
    attribution = outcome.attributed_to if outcome.relation == "attributed" else None
    named = attribution.evidence if attribution is not None else None
    return EvidenceLine(
        proposition=_proposition(outcome, seen),
        case_id=case.case_id,
        row=f"outcomes/{row.place}",
        direction=verdict.direction,
        decided_by=verdict.decided_by,
        study_design=case.source.study_design,
        n=outcome.n,
        of=outcome.of,
        percent=outcome.percent,
        approximate=outcome.approximate is True,
        attributed=attribution is not None,
        wording=attribution.wording if attribution is not None else None,
        confounders=_confounders(case, seen.drug),
        pooled_with=row.named.others(seen.drug),
        hedged=_is_hedged(case, seen, outcome),
        evidence=tuple(dict.fromkeys([*(outcome.evidence or ()), *(named or ())])),
    )


def _proposition(outcome: Outcome, seen: _Seen) -> Proposition:
    is_marker = outcome.domain in _MARKERS
    return Proposition(
        kind=PropositionKind.MARKER_EFFECT if is_marker else PropositionKind.RESPONSE,
        drug=seen.drug.id,
        condition=seen.id,
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


def _is_hedged(case: Case, seen: _Seen, outcome: Outcome | None = None) -> bool:
    """Tell whether the curator concludes, is unsure, or names evidence that disagrees."""
    records = [case, seen.drug.treatment, seen.condition.diagnosis]
    disagreeing = outcome is not None and bool(outcome.contradicted_by)
    is_unsure = (case.curation.confidence or "").casefold() == "low"
    is_concluded = any(is_inferred(record) for record in (*records, outcome) if record is not None)
    return disagreeing or is_unsure or is_concluded
