"""OBO graphs in JSON, as the release files of many ontologies, read node by node."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from exporter.errors import InputError, Where
from exporter.ontologies.formats import About, KnownBy
from exporter.ontologies.formats._json_items import NoJsonError, parts
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_SCOPES = {
    "hasExactSynonym": Scope.EXACT,
    "hasBroadSynonym": Scope.BROAD,
    "hasNarrowSynonym": Scope.NARROW,
    "hasRelatedSynonym": Scope.RELATED,
}
_REPLACED_BY = "IAO_0100001"
_CONSIDER = "consider"
_ALTERNATIVE = "hasAlternativeId"
_LICENCES = ("license", "rights")


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield the wanted classes; identifiers are IRIs or CURIEs, as the file has them."""
    with _refusing(path):
        parents, relations = _edges(path)
        with opened(path, lines=False) as file:
            for key, node in parts(file, ("graphs",)):
                if key == "nodes" and node.get("type", "CLASS") == "CLASS" and wanted(node["id"]):
                    identifier = node["id"]
                    above, related = parents.get(identifier, ()), relations.get(identifier, ())
                    yield _stanza(node, tuple(above), tuple(related))


def _edges(path: Path) -> tuple[dict[str, list[str]], dict[str, list[tuple[str, str]]]]:
    parents: dict[str, list[str]] = defaultdict(list)
    relations: dict[str, list[tuple[str, str]]] = defaultdict(list)
    found = False
    with opened(path, lines=False) as file:
        for key, edge in parts(file, ("graphs",)):
            found = True
            if key != "edges":
                continue
            if edge["pred"] == "is_a":
                parents[edge["sub"]].append(edge["obj"])
            else:
                relations[edge["sub"]].append((edge["pred"], edge["obj"]))
    if not found:
        raise ValueError("it has no graph")
    return parents, relations


def _stanza(
    node: dict[str, Any], parents: tuple[str, ...], relations: tuple[tuple[str, str], ...]
) -> Stanza:
    meta = node.get("meta", {})
    values: dict[str, list[str]] = defaultdict(list)
    for value in meta.get("basicPropertyValues", ()):
        values[_last(value["pred"])].append(value["val"])
    return Stanza(
        id=node["id"],
        label=node.get("lbl") or "",
        synonyms=tuple(
            Synonym(synonym["val"], _SCOPES[synonym["pred"]])
            for synonym in meta.get("synonyms", ())
            if synonym["pred"] in _SCOPES
        ),
        parents=parents,
        obsolete=bool(meta.get("deprecated")),
        replaced_by=next(iter(values[_REPLACED_BY]), ""),
        consider=tuple(values[_CONSIDER]),
        relations=relations,
        xrefs=tuple(xref["val"] for xref in meta.get("xrefs", ())),
        alternatives=tuple(values[_ALTERNATIVE]),
    )


def _last(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]


def _about(path: Path) -> About:
    with _refusing(path), opened(path, lines=False) as file:
        ontology, meta = "", {}
        for key, value in parts(file, ("graphs",)):
            if key == "id":
                ontology = value
            elif key == "meta":
                meta = value
            if ontology and meta:
                break
        stated = {_last(each["pred"]): each["val"] for each in meta.get("basicPropertyValues", ())}
    version = meta.get("version") or stated.get("versionInfo", "")
    licence = next((stated[name] for name in _LICENCES if name in stated), "")
    return About(ontology=str(ontology or ""), version=str(version), licence=str(licence))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError:
        raise
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as problem:
        line = problem.line if isinstance(problem, NoJsonError) else None
        raise InputError(
            f"this is no OBO graph: {problem}",
            code="E157",
            where=Where(file=str(path), line=line),
            hint="the file is damaged or in another form of JSON; get it again",
        ) from None


def _recognises(start: str) -> bool:
    return start.lstrip("\ufeff \t\r\n").startswith("{") and '"graphs"' in start


READ = read
KNOWN_BY = KnownBy(recognises=_recognises, about=_about)
