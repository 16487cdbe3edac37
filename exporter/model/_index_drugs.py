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


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDrugs:
    """The index drugs that a row names, or the reason why it names none.

    ``rows`` are all treatments that the name stands for, those of drugs without an id included.
    """

    drugs: tuple[IndexDrug, ...] = ()
    rows: tuple[str, ...] = ()
    reason: str = ""

    def others(self, drug: IndexDrug) -> tuple[str, ...]:
        """Return the rows of the other drugs, which the row does not tell apart from this one."""
        own = {known.row for known in self.drugs if known.id == drug.id}
        return tuple(row for row in self.rows if row not in own)


def index_drugs(case: Case, namespaces: Namespaces) -> Iterator[IndexDrug | SilentRow]:
    """Yield the index drugs in their order; a row that names none is silent, with the reason."""
    for place, treatment in enumerate(case.treatments or ()):
        if treatment.role != "index":
            continue
        drug = _drug(place, treatment, namespaces)
        if isinstance(drug, str):
            yield SilentRow(case_id=case.case_id, row=f"treatments/{place}", reason=drug)
        else:
            yield drug


def drugs_of(case: Case, outcome: Outcome, namespaces: Namespaces) -> NamedDrugs:
    """Return the index drugs that a row is about."""
    named = outcome.attributed_to.drug if outcome.attributed_to else outcome.under
    if named is None:
        return NamedDrugs(reason="it names no drug")
    rows = case.treatments or ()
    places = treatments_called(case, named)
    if not places:
        return NamedDrugs(reason=f"it names {named!r}, which is no treatment of the case")
    if all(rows[place].role != "index" for place in places):
        return NamedDrugs(reason=f"it names {named!r}, which is no index drug of the case")
    places = _in_arm(outcome.arm, _restated(rows, places), rows)
    if not places:
        return NamedDrugs(reason=f"the arm of the row was given no index drug called {named!r}")
    drugs = [_drug(place, rows[place], namespaces) for place in places]
    known = tuple(drug for drug in drugs if isinstance(drug, IndexDrug))
    why = next((drug for drug in drugs if isinstance(drug, str)), "")
    return NamedDrugs(
        drugs=known,
        rows=tuple(f"treatments/{place}" for place in places),
        reason="" if known else why,
    )


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
