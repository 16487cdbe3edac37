"""The confirmed diagnoses of a case, and which of them a drug was given for or a row is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from exporter.errors import IdentifierError
from exporter.model.case import Case, Outcome
from exporter.model.extent import extent_of
from exporter.model.facts import Diagnosis
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.inference import is_inferred
from exporter.model.treatment import Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A confirmed diagnosis, of everyone in the case or of a part of it.

    One without an id that is known gives no proposition, and still a row may be about it.
    """

    id: EntityId | None
    everyone: bool
    diagnosis: Diagnosis

    @property
    def key(self) -> EntityId | str:
        """Return what two entries of one disease have in common."""
        return self.id or self.diagnosis.label.casefold()

    def fits(self, outcome: Outcome) -> bool:
        """Tell whether the patients of a row are known to have had the condition."""
        subgroup = self.diagnosis.subgroup
        return self.everyone or (subgroup is not None and subgroup == outcome.subgroup)

    def has_rival(self, known: Iterable["Condition"]) -> bool:
        """Tell whether the same patients are known to have had another condition as well."""
        subgroup = self.diagnosis.subgroup
        return any(
            other.everyone or (subgroup is not None and other.diagnosis.subgroup == subgroup)
            for other in known
            if other.key != self.key
        )


def confirmed(case: Case, namespaces: Namespaces) -> tuple[Condition, ...]:
    """Return the confirmed diagnoses; one that nobody was found to have is none."""
    found = []
    for diagnosis in case.diagnoses or ():
        extent = extent_of(diagnosis)
        if diagnosis.status == "confirmed" and not extent.is_nobody:
            entity, everyone = _entity(diagnosis.id, namespaces), extent.is_everyone(case)
            found.append(Condition(id=entity, everyone=everyone, diagnosis=diagnosis))
    shared = {condition.key for condition in found if condition.everyone}
    return tuple(one for one in found if one.everyone or one.key not in shared)


def indicated(
    treatment: Treatment, known: tuple[Condition, ...], namespaces: Namespaces
) -> tuple[Condition, ...]:
    """Return the diagnoses that a text gives as the reason for the drug; none if it gives none."""
    reasons = {
        _entity(reason.id, namespaces)
        for reason in treatment.indication or ()
        if not is_inferred(reason) and not extent_of(reason).is_nobody
    }
    return tuple(one for one in known if one.id is not None and one.id in reasons)


def _entity(text: str | None, namespaces: Namespaces) -> EntityId | None:
    try:
        return namespaces.parse(text or "")
    except IdentifierError:
        return None
