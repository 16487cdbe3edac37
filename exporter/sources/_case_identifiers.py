"""Checks of identifiers: well formed, of a known namespace, of the kind that fits the field."""

import re
from collections.abc import Iterator

from exporter.errors import IdentifierError
from exporter.model.case import AdverseEvent, Case, Part
from exporter.model.facts import Coded, Diagnosis, Genotype, Phenotype
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.laboratory import Serology, SerologyTest
from exporter.model.treatment import Indication, Treatment
from exporter.sources._case_remarks import Path, Remark, error, records, warning

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_URL = re.compile(r"https?://[^\s\"<>\\^`{|}\x00-\x20]+")
_GENES = frozenset({"Gene", "GeneFamily", "Protein"})
_CHEMICALS = frozenset({"ChemicalEntity", "Drug"})
_GIVEN = _CHEMICALS | {"Procedure"}
_OTHERS = frozenset(
    {
        "BiologicalProcess",
        "CellLine",
        "InformationContentEntity",
        "OrganismTaxon",
        "Pathway",
        "Publication",
        "SequenceVariant",
    }
)
_NO_CONDITION = _GENES | _CHEMICALS | _OTHERS | {"Procedure"}
_NO_ANTIGEN = frozenset({"Disease", "PhenotypicFeature", "Procedure", "Drug"}) | (
    _OTHERS - {"OrganismTaxon"}
)
_CONDITION = "a disease or finding, as in MONDO:0008054 or HP:0000988"
# Vocabularies without a kind of their own that hold chemicals and procedures among others.
_MIXED = frozenset({"MESH", "NCIT"})


def identifier_remarks(case: Case, namespaces: Namespaces) -> Iterator[Remark]:
    """Remark on every identifier of a case that cannot stand where it does."""
    ids = _Identifiers(namespaces)
    yield from _own_names(case)
    if case.source.doi is not None:
        yield from ids.doi(case.source.doi)
    if case.source.url is not None and not _URL.fullmatch(case.source.url):
        hint = "write the whole address, as in https://doi.org/10.3390/jcm15020709"
        message = f"{case.source.url!r} is not a web address"
        yield error("malformed-url", ("source", "url"), message, hint, case.source.url)
    yield from ids.of_prefix(case.subject.species, "NCBITaxon", ("subject", "species"))
    for path, record in records(case, object):
        yield from ids.of_record(record, path)


class _Identifiers:
    """Checks identifiers against the namespaces that are known."""

    def __init__(self, namespaces: Namespaces) -> None:
        self._namespaces = namespaces

    def of_record(self, record: object, path: Path) -> Iterator[Remark]:
        match record:
            case Diagnosis() | Phenotype() | Indication():
                yield from self.refused(record.id, _NO_CONDITION, _CONDITION, (*path, "id"))
            case AdverseEvent():
                yield from self._event(record, path)
            case Genotype():
                yield from self._genotype(record, path)
            case Serology():
                antigen = "the antigen, as in NCBIGene:64135"
                target = record.target.id if record.target is not None else None
                yield from self.refused(target, _NO_ANTIGEN, antigen, (*path, "target", "id"))
            case SerologyTest():
                yield from self.of_prefix(record.hpo_if_positive, "HP", (*path, "hpo_if_positive"))
            case Part():
                place = (*path, "defined_by", "id")
                yield from self.refused(record.defined_by.id, frozenset(), "", place)
            case Treatment():
                yield from self._drug(record.drug, (*path, "drug", "id"))

    def parsed(self, text: str, path: Path) -> EntityId | Remark:
        try:
            return self._namespaces.parse(text)
        except IdentifierError as problem:
            code = "unknown-prefix" if problem.code == "E121" else "malformed-id"
            return error(code, path, problem.problem, problem.hint, text)

    def refused(
        self, text: str | None, categories: frozenset[str], wanted: str, path: Path
    ) -> Iterator[Remark]:
        if text is None:
            return
        entity = self.parsed(text, path)
        if isinstance(entity, Remark):
            yield entity
        elif self._category(entity) in categories:
            yield _wrong_kind(entity, self._category(entity), wanted, path)

    def of_prefix(self, text: str | None, prefix: str, path: Path) -> Iterator[Remark]:
        if text is None:
            return
        entity = self.parsed(text, path)
        if isinstance(entity, Remark):
            yield entity
        elif entity.prefix != prefix:
            example = next(n.example for n in self._namespaces if n.prefix == prefix)
            yield _wrong_kind(entity, self._category(entity), f"as in {prefix}:{example}", path)

    def doi(self, text: str) -> Iterator[Remark]:
        plain = re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text)
        entity = self.parsed(f"DOI:{plain}", ("source", "doi"))
        if isinstance(entity, Remark):
            hint = "write it as in 10.3390/jcm15020709"
            yield error("malformed-id", ("source", "doi"), f"{text!r} is not a DOI", hint, text)
        elif plain != text:
            hint = f"write the DOI alone: {plain}"
            yield error("malformed-id", ("source", "doi"), f"{text!r} is an address", hint, text)

    def _event(self, record: AdverseEvent, path: Path) -> Iterator[Remark]:
        places = [(*path, "other_ids", index) for index in range(len(record.other_ids or ()))]
        ids = zip([(*path, "id"), *places], [record.id, *(record.other_ids or ())], strict=True)
        for place, text in ids:
            yield from self.refused(text, _NO_CONDITION, _CONDITION, place)

    def _genotype(self, record: Genotype, path: Path) -> Iterator[Remark]:
        gene = record.gene.id
        if gene is not None:
            entity = self.parsed(gene, (*path, "gene", "id"))
            if isinstance(entity, Remark):
                yield entity
            elif self._category(entity) not in _GENES:
                kind, place = self._category(entity), (*path, "gene", "id")
                yield _wrong_kind(entity, kind, "a gene, as in NCBIGene:3716", place)
        if record.dbsnp is not None:
            text = record.dbsnp if ":" in record.dbsnp else f"DBSNP:{record.dbsnp}"
            yield from self.of_prefix(text, "DBSNP", (*path, "dbsnp"))
        yield from _hgvs(record, path)

    def _drug(self, drug: Coded, path: Path) -> Iterator[Remark]:
        if drug.id is None:
            return
        entity = self.parsed(drug.id, path)
        if isinstance(entity, Remark):
            yield entity
        elif entity.prefix not in _MIXED and self._category(entity) not in _GIVEN:
            wanted = "a chemical or a procedure, as in CHEBI:95341 or MAXO:0009096"
            yield _wrong_kind(entity, self._category(entity), wanted, path)

    def _category(self, entity: EntityId) -> str:
        return self._namespaces.of(entity).category


def _own_names(case: Case) -> Iterator[Remark]:
    names: list[tuple[Path, str]] = [(("case_id",), case.case_id)]
    names += [
        ((group, index, "id"), part.id)
        for group, parts in (("arms", case.arms), ("subgroups", case.subgroups))
        for index, part in enumerate(parts or ())
    ]
    names += [(("evidence", index, "id"), item.id) for index, item in enumerate(case.evidence)]
    for key in ("same_patient_as", "possible_overlap_with"):
        for index, name in enumerate(getattr(case, key) or ()):
            names.append(((key, index), name))
            if name == case.case_id:
                message = f"the case names itself in {key}"
                yield error("names-itself", (key, index), message, "delete it", name)
    for path, name in names:
        if not _NAME.fullmatch(name):
            yield error(
                "malformed-id",
                path,
                f"{name!r} cannot be an id here",
                "write at most 100 letters without accents, digits, '-', '_' and '.', with a"
                " letter or digit at both ends",
                name,
            )


def _hgvs(record: Genotype, path: Path) -> Iterator[Remark]:
    forms = (("hgvs_c", record.hgvs_c, "cngmr"), ("hgvs_p", record.hgvs_p, "p"))
    for key, text, letters in forms:
        if text is not None and not re.match(rf"(?:\S+:)?[{letters}]\.\S", text):
            hint = f"write it as in {'p.Val155Met' if key == 'hgvs_p' else 'c.463G>A'}"
            yield warning("hgvs", (*path, key), f"{text!r} is not HGVS", hint, text)


def _wrong_kind(entity: EntityId, category: str, wanted: str, path: Path) -> Remark:
    kinds = {"NamedThing": "another kind of thing", "ChemicalEntity": "a chemical"}
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", category).lower()
    kind = kinds.get(category, f"{'an' if words[0] in 'aeiou' else 'a'} {words}")
    message = f"{entity.curie} is {kind}"
    return error("wrong-kind-of-id", path, message, f"write the id of {wanted}", entity.curie)
