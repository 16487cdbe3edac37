"""The index drugs of a case, and which of them an outcome row is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from exporter.errors import IdentifierError
from exporter.model.case import Case, Outcome
from exporter.model.drug_names import treatments_called
from exporter.model.evidence import SilentRow
from exporter.model.extent import extent_of
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.treatment import Treatment

_NO_ID = "the index drug has no id that is known"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDrug:
    """A drug whose effect the case reports, with the row of its treatment."""

    id: EntityId
    row: str
    treatment: Treatment


def index_drugs(case: Case, namespaces: Namespaces) -> Iterator[IndexDrug | SilentRow]:
    """Yield the index drugs in their order; a row that names none is silent, with the reason."""
    for place, treatment in enumerate(case.treatments or ()):
        if treatment.role == "index":
            drug = _drug(place, treatment, namespaces)
            row = f"treatments/{place}"
            yield (
                SilentRow(case_id=case.case_id, row=row, reason=drug)
                if isinstance(drug, str)
                else drug
            )


def drugs_of(case: Case, outcome: Outcome, namespaces: Namespaces) -> tuple[IndexDrug, ...] | str:
    """Return the index drugs that a row is about, one row for each drug, or why there are none."""
    named = outcome.attributed_to.drug if outcome.attributed_to else outcome.under
    if named is None:
        return "it names no drug"
    rows = case.treatments or ()
    places = treatments_called(case, named)
    if not places:
        return f"it names {named!r}, which is no treatment of the case"
    if all(rows[place].role != "index" for place in places):
        return f"it names {named!r}, which is no index drug of the case"
    places = _in_arm(outcome.arm, _restated(rows, places), rows)
    if not places:
        return f"no index drug called {named!r} was given in the arm of the row"
    drugs = [_drug(place, rows[place], namespaces) for place in places]
    known = {drug.id: drug for drug in reversed(drugs) if isinstance(drug, IndexDrug)}
    if not known or len(drugs) > sum(isinstance(drug, IndexDrug) for drug in drugs):
        return next(drug for drug in drugs if isinstance(drug, str))
    return tuple(sorted(known.values(), key=lambda drug: drug.row))


def _drug(place: int, treatment: Treatment, namespaces: Namespaces) -> IndexDrug | str:
    if treatment.restates:
        return "it restates treatments that are counted already"
    if extent_of(treatment).is_nobody:
        return "nobody was given the drug"
    try:
        entity = namespaces.parse(treatment.drug.id or "")
    except IdentifierError:
        return _NO_ID
    return IndexDrug(id=entity, row=f"treatments/{place}", treatment=treatment)


def _restated(rows: tuple[Treatment, ...], places: tuple[int, ...]) -> tuple[int, ...]:
    """Return the index treatments that are meant: for one that restates arms, those of the arms."""
    arms = {arm for place in places for arm in rows[place].restates or ()}
    own = {place for place in places if not rows[place].restates}
    meant = {
        place
        for place, row in enumerate(rows)
        if row.arm in arms and row.role == "index" and not row.restates
    }
    return tuple(sorted(own | meant))


def _in_arm(
    arm: str | None, places: tuple[int, ...], rows: tuple[Treatment, ...]
) -> tuple[int, ...]:
    """Return the treatments of the row's own arm; one without an arm was given in every arm."""
    if arm is None:
        return places
    return tuple(place for place in places if rows[place].arm in (None, arm))
