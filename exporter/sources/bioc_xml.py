"""BioC XML: collections of documents as the PubTator services and NCBI corpora give them."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from exporter.errors import InputError, Where
from exporter.model.document import Document
from exporter.sources._bioc_bytes import at_line, decoded_record
from exporter.sources._bioc_paper import paper_of
from exporter.sources._bioc_values import Tree
from exporter.sources._bioc_xml_cuts import NAME, broken, declarations, split_stream
from exporter.sources._reader import Reader, Record, Settings

_LOOKED_AT = 1024 * 1024
_BEFORE = rb"(?:\s|<\?[^>]{0,200}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}[>\[].{0,2000}?)*?"
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?" + _BEFORE + rb"<(?:collection|document)\s*>", re.DOTALL)
_OF_BIOC = re.compile(rb"<passage[\s>/]|<source[\s>/].*<key[\s>/]", re.DOTALL)
_ATTRIBUTES = frozenset({"id", "refid", "role", "offset", "length"})
_TEXTS = frozenset({"id", "offset", "text"})
_LISTS = {
    "document": {"passage": "passages", "annotation": "annotations", "relation": "relations"},
    "passage": {"sentence": "sentences", "annotation": "annotations", "relation": "relations"},
    "sentence": {"annotation": "annotations", "relation": "relations"},
    "annotation": {"location": "locations"},
    "relation": {"node": "nodes"},
    "location": {},
    "node": {},
}
"""Which elements stand in which, and the names that BioC JSON has for them."""


def _parse(record: Record, settings: Settings) -> Document:
    """Return the paper of one document; what is no XML, or no BioC, refuses the whole of it."""
    content = decoded_record(record)
    if "<!DOCTYPE" in content:
        raise declarations(record.where)
    try:
        element = ET.fromstring(record.content)  # noqa: S314 - it has no document type
    except ET.ParseError as error:
        reason = str(error).rpartition(": line ")[0]
        line, column = error.position
        raise broken(reason, at_line(record.where, line, column + 1)) from None
    if element.tag != "document":
        raise _stray(f"<{element.tag}>", "a file", record.where)
    return paper_of({"passages": [], **_tree(element, record.where)}, record, settings)


def _tree(element: ET.Element, where: Where) -> Tree:
    """Return an element in the form that it has in BioC JSON; what BioC has not is refused."""
    tree: dict[str, Any] = {n: v for n, v in element.attrib.items() if n in _ATTRIBUTES}
    infons: dict[str, str] = {}
    lists = _LISTS[element.tag]
    _refuse_words(element.text, element.tag, where)
    for child in element:
        tag = child.tag
        if tag == "infon":
            name = child.get("key", "")
            _refuse_second(name, infons, element, where)
            infons[name] = _words(child, where)
        elif tag in lists:
            read = _annotation if tag == "annotation" else _tree
            tree.setdefault(lists[tag], []).append(read(child, where))
        elif tag in _TEXTS:
            _refuse_second(tag, tree, element, where)
            tree[tag] = _words(child, where)
        else:
            raise _stray(f"<{tag}>", f"<{element.tag}>", where)
        _refuse_words(child.tail, element.tag, where)
    if infons:
        tree["infons"] = infons
    return tree


def _annotation(element: ET.Element, where: Where) -> Tree:
    """Return an annotation as most are written; any other is looked at closely."""
    infons: dict[str, str] = {}
    spots: list[Tree] = []
    tree = {"id": element.get("id", ""), "infons": infons, "locations": spots}
    for child in element:
        tag, words, after = child.tag, child.text, child.tail
        name = child.get("key", "") if tag == "infon" else tag
        if len(child) or (after and not after.isspace()) or name in infons or name in tree:
            return _tree(element, where)
        if tag == "infon":
            infons[name] = words or ""
        elif tag == "location":
            spots.append(_spot(child))
        elif tag == "text":
            tree[tag] = words or ""
        else:
            return _tree(element, where)
    return tree


def _spot(element: ET.Element) -> Tree:
    """Return a location with its numbers as such, if they are any."""
    spot: dict[str, Any] = {}
    for name in ("offset", "length"):
        written = element.get(name)
        if written is not None:
            plain = len(written) < 16 and written.isascii() and written.isdecimal()
            spot[name] = int(written) if plain else written
    return spot


def _words(element: ET.Element, where: Where) -> str:
    """Return the words of an element; elements among them would be lost."""
    for child in element:
        raise _stray(f"<{child.tag}>", f"<{element.tag}>", where)
    return element.text or ""


def _refuse_words(words: str | None, tag: str, where: Where) -> None:
    if words and not words.isspace():
        raise _stray(repr(words.strip()[:40]), f"<{tag}>", where)


def _refuse_second(name: str, tree: Tree, element: ET.Element, where: Where) -> None:
    if name in tree:
        raise InputError(
            f"{name!r} comes twice in one <{element.tag}>",
            code="E179",
            where=where,
            hint="keep one of the two",
        )


def _stray(what: str, place: str, where: Where) -> InputError:
    return InputError(
        f"{what[:60]} stands in {place[:60]}, where BioC has no such thing",
        code="E177",
        where=where,
        hint="convert the file again from its source",
    )


def _split(content: bytes, where: Where) -> Iterator[Record]:
    """Yield one record for each document of a file."""
    yield from split_stream(BytesIO(content), where)


def _recognises(content: bytes) -> bool:
    """Tell whether it begins as a collection, and with what BioC has in one."""
    head = content[:_LOOKED_AT]
    return bool(_BEGINS.match(head) and _OF_BIOC.search(head))


READER = Reader(
    name=NAME,
    suffixes=(".xml",),
    recognises=_recognises,
    split=_split,
    parse=_parse,
    split_stream=split_stream,
)
