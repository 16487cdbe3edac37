"""Relations of BioC documents as written: what they relate stands in nodes or in infons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exporter.errors import Where
from exporter.model.making import maker
from exporter.ontologies.kinds import kinds
from exporter.sources._bioc_keys import keys, keys_of
from exporter.sources._bioc_values import Tree, list_in, tree_in, word_in


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What takes part in a relation: an id with its kind if told, or the id of an annotation."""

    written: str
    kind: str = ""
    role: str = ""
    is_reference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation as written."""

    id: str
    kind: str
    ends: tuple[End, ...]
    novelty: str = ""


_end = maker(End, "written", "kind", "role", "is_reference")
_link = maker(Link, "id", "kind", "ends", "novelty")


def link_of(relation: Tree, place: str, where: Where) -> Link:
    """Return a relation: of what its infons name, else of its nodes, else of concepts by kind.

    PubTator3 gives nodes, too, but they refer to nothing; its infons tell what is related.
    """
    infons = tree_in(relation.get("infons"), f"{place}.infons", where)
    nodes = list_in(relation.get("nodes"), f"{place}.nodes", where)
    ends = tuple(_named(infons, place, where)) or tuple(_nodes(nodes, place, where))
    return _link(
        word_in(relation.get("id"), f"{place}.id", where),
        _first(infons, keys_of("relation"), place, where)
        or _first(infons, keys_of("kind"), place, where),
        ends or tuple(_by_kind(infons, place, where)),
        _first(infons, keys_of("novelty"), place, where),
    )


def _first(infons: Tree, names: tuple[str, ...], place: str, where: Where) -> str:
    for name in names:
        if infons.get(name) is not None:
            found = word_in(infons[name], f"{place}.infons.{name}", where).strip()
            if found:
                return found
    return ""


def _named(infons: Tree, place: str, where: Where) -> Iterator[End]:
    for name in keys_of("argument"):
        value = infons.get(name)
        if isinstance(value, dict):
            yield _concept(value, f"{place}.infons.{name}", where)
        elif value is not None:
            written = word_in(value, f"{place}.infons.{name}", where).strip()
            if written:
                yield _end(written, "", "", False)


def _concept(value: dict[str, Any], field: str, where: Where) -> End:
    """Return a concept that is written out: PubTator3 repeats what it says of a mention."""
    written = word_in(value.get("identifier"), f"{field}.identifier", where).strip()
    name = word_in(value.get("name"), f"{field}.name", where).strip()
    kind = word_in(value.get("type"), f"{field}.type", where).strip()
    return End(written=written or name, kind=kind)


def _nodes(nodes: Any, place: str, where: Where) -> Iterator[End]:
    for number, each in enumerate(nodes):
        field = f"{place}.nodes[{number}]"
        node = tree_in(each, field, where)
        yield End(
            written=word_in(node.get("refid"), f"{field}.refid", where),
            role=word_in(node.get("role"), f"{field}.role", where),
            is_reference=True,
        )


def _by_kind(infons: Tree, place: str, where: Where) -> Iterator[End]:
    """Yield the concepts that stand under their kind: ``Chemical: D003404``."""
    for name, value in infons.items():
        if name not in keys() and name.casefold() in kinds():
            written = word_in(value, f"{place}.infons.{name}", where).strip()
            if written:
                yield End(written=written, kind=name, role=name)
