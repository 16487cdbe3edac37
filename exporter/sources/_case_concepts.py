"""Checks of ids against the installed ontologies: are they there, in force, and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass

from exporter.errors import IdentifierError
from exporter.model.case import AdverseEvent, Case
from exporter.model.facts import Coded, Diagnosis, Phenotype
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.laboratory import Serology, SerologyTest
from exporter.model.treatment import Indication
from exporter.ontologies.index import Ontologies
from exporter.ontologies.terms import Term
from exporter.sources._case_checks import capped
from exporter.sources._case_labels import Misfit, antibody_misfit, misfit
from exporter.sources._case_names import same_things
from exporter.sources._case_remarks import Path, Remark, error, line_in, records, warning

_NO_DRUG = (
    "no use or response can be stated of it; give an id of CHEBI, PUBCHEM.COMPOUND, RXNORM, UNII,"
    " DRUGBANK, NCIT or MESH"
)
_NOT_HERE = (
    "see that it is the id that you mean; a pack with a slice that holds it is added with --pack"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """That something with a label has an id; without a label only the id can be checked."""

    text: str
    path: Path
    label: str = ""
    is_test: bool = False
    is_antigen: bool = False


def check_concepts(
    case: Case, namespaces: Namespaces, ontologies: Ontologies
) -> tuple[Finding, ...]:
    """Return what the ontologies say against the ids and labels of a case, in its order.

    The slices hold a part of each ontology: an id that they lack is a warning, an id that is
    obsolete or has the name of another concept an error. Malformed ids are passed over.
    """
    found = [
        remark.finding(case.where.file, line_in(case, remark.path))
        for remark in capped(_every_remark(case, _Concepts(namespaces, ontologies)))
    ]
    return tuple(sorted(found, key=lambda finding: finding.where.line or 0))


def _every_remark(case: Case, concepts: "_Concepts") -> Iterator[Remark]:
    for claim in _claims(case):
        yield from concepts.of_claim(claim)
    for index, test in enumerate(case.serology or ()):
        yield from concepts.of_antibody(test, ("serology", index))
    for index, treatment in enumerate(case.treatments or ()):
        drug = treatment.drug
        if treatment.role == "index" and not treatment.restates and drug.id is None:
            path = ("treatments", index, "drug", "id")
            message = f"the index drug {drug.label!r} has no id"
            yield warning("index-drug-without-id", path, message, _NO_DRUG, drug.label)


def _claims(case: Case) -> Iterator[_Claim]:
    if case.subject.species is not None:
        yield _Claim(text=case.subject.species, path=("subject", "species"))
    for path, record in records(case, object):
        match record:
            case SerologyTest(label=label, hpo_if_positive=str(text)):
                place = (*path, "hpo_if_positive")
                yield _Claim(text=text, path=place, label=label, is_test=True)
            case Diagnosis() | Phenotype() | Indication() | AdverseEvent() | Coded():
                yield from _of_record(record, path)


def _of_record(
    record: Diagnosis | Phenotype | Indication | AdverseEvent | Coded, path: Path
) -> Iterator[_Claim]:
    if record.id is not None:
        is_antigen = path[-1] == "target"
        yield _Claim(text=record.id, path=(*path, "id"), label=record.label, is_antigen=is_antigen)
    if isinstance(record, AdverseEvent):
        for index, text in enumerate(record.other_ids or ()):
            yield _Claim(text=text, path=(*path, "other_ids", index), label=record.label)


class _Concepts:
    """Looks ids up in the ontologies that are installed."""

    def __init__(self, namespaces: Namespaces, ontologies: Ontologies) -> None:
        self._namespaces = namespaces
        self._ontologies = ontologies

    def of_claim(self, claim: _Claim) -> Iterator[Remark]:
        entity = self._entity(claim.text)
        if entity is None:
            return
        term = self._ontologies.get(entity)
        if term is not None and term.obsolete:
            message = f"{entity} is obsolete: it was {term.label!r}"
            yield error("obsolete-id", claim.path, message, self._instead(term), entity)
        elif not self._is_known(entity):
            yield from self._unknown(entity, claim.path)
        elif claim.label:
            wrong = misfit(claim.label, entity, self._ontologies, is_test=claim.is_test)
            yield from _remark(wrong, claim.path, entity, is_antigen=claim.is_antigen)

    def of_antibody(self, record: Serology, path: Path) -> Iterator[Remark]:
        """Remark on an antigen that another antibody is against than the one of the finding."""
        finding = self._entity(record.test.hpo_if_positive)
        antigen = self._entity(record.target.id if record.target else None)
        if finding is not None and antigen is not None:
            wrong = misfit(record.test.label, finding, self._ontologies, is_test=True)
            if wrong is not None and wrong.level is Level.ERROR:
                return  # the label has told already that it is another antibody
            wrong = antibody_misfit(antigen, finding, self._ontologies)
            yield from _remark(wrong, (*path, "test", "hpo_if_positive"), finding)

    def _entity(self, text: str | None) -> EntityId | None:
        try:
            return self._namespaces.parse(text or "")
        except IdentifierError:
            return None

    def _is_known(self, entity: EntityId) -> bool:
        return any(each in self._ontologies for each in same_things(entity, self._ontologies))

    def _unknown(self, entity: EntityId, path: Path) -> Iterator[Remark]:
        releases = self._ontologies.release(entity.prefix)
        if releases:
            message = f"{entity} is not in the installed slices ({releases}): not checked"
            yield warning("unknown-id", path, message, _NOT_HERE, entity)

    def _instead(self, term: Term) -> str:
        replacement = self._ontologies.replacement(term.id)
        if replacement is not None:
            return f"write {self._named(replacement)}"
        if term.consider:
            return f"see which fits: {', '.join(self._named(each) for each in term.consider)}"
        return "write an id that is in force, or null"

    def _named(self, entity: EntityId) -> str:
        term = self._ontologies.get(entity)
        return f"{entity} ({term.label})" if term else str(entity)


def _remark(
    wrong: Misfit | None, path: Path, entity: EntityId, *, is_antigen: bool = False
) -> Iterator[Remark]:
    """Yield a misfit as a remark; what an antigen is called must be a name of it."""
    if wrong is not None:
        doubtful = is_antigen and wrong.level is Level.NOTE
        yield Remark(
            level=Level.WARNING if doubtful else wrong.level,
            code="label-against-id",
            path=path,
            message=wrong.message,
            hint=wrong.hint,
            value=entity.curie,
        )
