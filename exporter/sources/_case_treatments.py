"""Checks of treatments: drugs are known, doses have units, and effects have a treatment."""

import json
from collections.abc import Iterator
from decimal import Decimal

from exporter.model.case import AdverseEvent, Case, Outcome
from exporter.model.drug_names import treatments_called
from exporter.model.treatment import Dose, Treatment
from exporter.sources._case_remarks import Path, Remark, error, meant, note, records
from exporter.sources._interventions import Interventions

_WRITE_UNIT = "write the unit, as in {at: P0D, value: 5, unit: mg, per: dose}"
_NO_DRUG = (
    'write the id of the drug, as in {label: ..., id: "CHEBI:95341"}; without an id only names'
    " of chemicals, biologics and procedures that are known by name are taken"
)


def treatment_remarks(case: Case, interventions: Interventions) -> Iterator[Remark]:
    """Remark on drugs that are none, doses without unit, and effects without their treatment."""
    for path, record in records(case, object):
        match record:
            case Treatment():
                yield from _drug(record, path, interventions)
                yield from _misplaced_dose(record, path)
            case Dose():
                yield from _dose(record, path)
            case Outcome() | AdverseEvent():
                yield from _relation(record, path, case)
    for index, row in enumerate(case.outcomes or ()):
        if row.phase == "on-treatment" and row.relation is None and not case.treatments:
            yield _untreated(("outcomes", index, "phase"))


def _drug(record: Treatment, path: Path, interventions: Interventions) -> Iterator[Remark]:
    drug = record.drug
    if drug.id is None and not interventions.know(drug.label):
        message = f"{drug.label!r} is neither a chemical nor a known biologic or procedure"
        yield error("unknown-drug", (*path, "drug", "label"), message, _NO_DRUG, drug.label)


def _misplaced_dose(record: Treatment, path: Path) -> Iterator[Remark]:
    """Remark on ``dose: {value: 5}``: the key is not read, and its number means nothing."""
    for key, text in record.about.unknown:
        value = json.loads(text)
        if key.casefold().startswith("dose") and _is_bare_number(value):
            message = "the dose is a number without a unit"
            hint = f"write dose_series: with a list; {_WRITE_UNIT}"
            yield error("no-unit", (*path, key), message, hint, text)


def _is_bare_number(value: object) -> bool:
    if isinstance(value, list):
        return any(_is_bare_number(item) for item in value)
    if isinstance(value, dict):
        return not value.get("unit") and any(
            isinstance(value.get(key), int | float) for key in ("value", "low", "high")
        )
    return isinstance(value, int | float) and not isinstance(value, bool)


def _dose(dose: Dose, path: Path) -> Iterator[Remark]:
    found = {name: getattr(dose, name) for name in ("value", "low", "high")}
    numbers: dict[str, Decimal] = {
        name: value for name, value in found.items() if value is not None
    }
    for name, number in numbers.items():
        if number < 0:
            yield error(
                "negative-dose", (*path, name), f"the dose {number} is negative", value=number
            )
    if numbers and dose.unit is None:
        given = " to ".join(str(number) for number in numbers.values())
        message = f"the dose {given} has no unit"
        yield error("no-unit", (*path, "unit"), message, _WRITE_UNIT, given)
    if numbers and dose.per is None:
        message = "the dose does not say whether it is per dose or per day"
        yield note("no-per", (*path, "per"), message, "write per: dose, day or week")
    if "low" in numbers and "high" in numbers and numbers["low"] > numbers["high"]:
        message = f"low {dose.low} is above high {dose.high}"
        yield error("range-turned", (*path, "low"), message, "exchange them", dose.low)


def _relation(record: Outcome | AdverseEvent, path: Path, case: Case) -> Iterator[Remark]:
    wanted = {"observed-under": "under", "attributed": "attributed_to"}
    for relation, key in wanted.items():
        given = getattr(record, key) is not None
        if record.relation == relation and not given:
            message = f"the relation is {relation}, and {key} is not given"
            yield error("no-drug", (*path, key), message, _HOW[relation], relation)
        elif given and record.relation != relation:
            message = f"{key} is given, and the relation is {record.relation or 'null'}"
            hint = f"write relation: {relation}, or leave out {key}"
            yield error("relation", (*path, "relation"), message, hint, record.relation or "")
    if record.relation is not None and not case.treatments:
        yield _untreated((*path, "relation"))
        return
    if record.under is not None:
        yield from _named(record.under, (*path, "under"), case)
    if record.attributed_to is not None:
        yield from _named(record.attributed_to.drug, (*path, "attributed_to", "drug"), case)


_HOW = {
    "observed-under": "write under: with the label of a drug of the treatments",
    "attributed": "write attributed_to: {drug: ..., wording: causal or temporal, evidence: [...]}",
}


def _named(name: str, path: Path, case: Case) -> Iterator[Remark]:
    if not treatments_called(case, name):
        labels = dict.fromkeys(treatment.drug.label for treatment in case.treatments or ())
        message = f"no treatment of the case has the drug {name!r}"
        yield error("no-such-treatment", path, message, meant(name, labels), name)


def _untreated(path: Path) -> Remark:
    return error(
        "response-without-treatment",
        path,
        "this is told of a treatment, and the case has none",
        "write the treatment down, or write relation: null",
    )
