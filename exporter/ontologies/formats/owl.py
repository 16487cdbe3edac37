"""OWL in RDF/XML, read element by element; a document type and entities are refused."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from exporter.errors import InputError, Where
from exporter.ontologies.formats import About, KnownBy
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_PIECE = 1 << 16
_DEEPEST = 200
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_RDFS = "http://www.w3.org/2000/01/rdf-schema# "
_OWL = "http://www.w3.org/2002/07/owl# "
_OBO_IN_OWL = "http://www.geneontology.org/formats/oboInOwl# "
_CLASS = _OWL + "Class"
_SCOPES = {
    f"{_OBO_IN_OWL}has{scope.value.title()}Synonym": scope
    for scope in (Scope.EXACT, Scope.BROAD, Scope.NARROW, Scope.RELATED)
}
_REPLACED_BY = "http://purl.obolibrary.org/obo/ IAO_0100001"
_LICENCES = ("license", "rights")
Values = dict[str, list[str]]


class _Reading:
    """What the parser has met: the subject it is in, and what it has said of it so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: list[tuple[str, str, Values, list[tuple[str, str]]]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refused
        self.parser.EntityDeclHandler = self._refused
        self._depth = 0
        self._kind = self._subject = ""
        self._values: Values = defaultdict(list)
        self._relations: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._restriction = ["", ""]

    def _refused(self, *_arguments: Any) -> None:
        raise self.broken("the file declares a document type, which is not read")

    def broken(self, problem: str) -> InputError:
        where = Where(file=str(self.path), line=self.parser.CurrentLineNumber)
        hint = "give the ontology as OBO or OBO graph, or as OWL without <!DOCTYPE>"
        return InputError(problem, code="E157", where=where, hint=hint)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._text.clear()
        if self._depth > _DEEPEST:
            raise self.broken("elements are nested too deeply")
        if self._depth == 2:
            self._kind = name
            self._subject = attributes.get(_RDF + "about", "")
            self._values = defaultdict(list)
            self._relations = []
        elif self._depth == 3 and _RDF + "resource" in attributes:
            self._values[name].append(attributes[_RDF + "resource"])
        elif self._depth == 4 and name == _OWL + "Restriction":
            self._restriction = ["", ""]
        elif self._depth == 5 and _RDF + "resource" in attributes:
            self._restrict(name, attributes[_RDF + "resource"])

    def _restrict(self, name: str, resource: str) -> None:
        if name == _OWL + "onProperty":
            self._restriction[0] = resource
        elif name == _OWL + "someValuesFrom":
            self._restriction[1] = resource

    def _end(self, name: str) -> None:
        if self._depth == 2 and self._subject:
            self._leave()
        elif self._depth == 3 and name == _RDFS + "subClassOf":
            if all(self._restriction):
                self._relations.append((self._restriction[0], self._restriction[1]))
            self._restriction = ["", ""]
        elif self._depth == 3 and (text := "".join(self._text).strip()):
            self._values[name].append(text)
        self._depth -= 1
        self._text.clear()

    def _leave(self) -> None:
        kinds = {self._kind, *(_as_name(kind) for kind in self._values.get(_RDF + "type", ()))}
        for kind in (_CLASS, _OWL + "Ontology"):
            if kind in kinds:
                self.done.append((kind, self._subject, self._values, self._relations))
        self._subject = ""

    def _characters(self, text: str) -> None:
        if self._depth == 3:
            self._text.append(text)


def _as_name(iri: str) -> str:
    return iri.replace("#", "# ", 1)


def _subjects(path: Path) -> Iterator[tuple[str, str, Values, list[tuple[str, str]]]]:
    reading = _Reading(path)
    with opened(path, lines=False) as file:
        more = True
        while more:
            piece = file.read(_PIECE)
            more = bool(piece)
            try:
                reading.parser.Parse(piece, not more)
            except expat.ExpatError as problem:
                text = expat.errors.messages[problem.code]
                raise reading.broken(f"this is no XML: {text}") from None
            yield from reading.done
            reading.done.clear()


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield the wanted classes in the order of the file; anonymous classes are not terms."""
    for kind, iri, values, relations in _subjects(path):
        if kind == _CLASS and wanted(iri):
            yield _stanza(iri, values, relations)


def _stanza(iri: str, values: Values, relations: list[tuple[str, str]]) -> Stanza:
    def first(name: str) -> str:
        return next(iter(values.get(name, ())), "")

    return Stanza(
        id=iri,
        label=first(_RDFS + "label"),
        synonyms=tuple(
            Synonym(text, scope) for name, scope in _SCOPES.items() for text in values.get(name, ())
        ),
        parents=tuple(values.get(_RDFS + "subClassOf", ())),
        obsolete=first(_OWL + "deprecated") == "true",
        replaced_by=first(_REPLACED_BY),
        consider=tuple(values.get(_OBO_IN_OWL + "consider", ())),
        relations=tuple(relations),
        xrefs=tuple(values.get(_OBO_IN_OWL + "hasDbXref", ())),
        alternatives=tuple(values.get(_OBO_IN_OWL + "hasAlternativeId", ())),
    )


def _about(path: Path) -> About:
    """Return what the ontology element says; it stands before the classes or after all of them."""
    for kind, iri, values, _ in _subjects(path):
        if kind == _OWL + "Ontology":
            stated = {name.rpartition(" ")[2]: texts[0] for name, texts in values.items()}
            version = stated.get("versionIRI") or stated.get("versionInfo", "")
            licence = next((stated[name] for name in _LICENCES if name in stated), "")
            return About(ontology=iri, version=version, licence=licence)
    return About()


def _recognises(start: str) -> bool:
    return "<rdf:RDF" in start and "http://www.w3.org/2002/07/owl#" in start


READ = read
KNOWN_BY = KnownBy(recognises=_recognises, about=_about)
