"""One BioC document taken apart: its passages, what is annotated in them, what is related."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exporter.errors import InputError, LimitError, Where
from exporter.model.making import maker
from exporter.sources._bioc_keys import keys, keys_of, with_prefix
from exporter.sources._bioc_relations import Link, link_of
from exporter.sources._bioc_values import (
    Tree,
    list_in,
    number_in,
    text_in,
    tree_in,
    word_in,
)

MOST_PARTS = 20_000
"""Passages and sentences of the longest document that is read."""
MOST_MARKS = 200_000
"""Annotations and relations of the largest document that is read."""
_NO_PROSE = frozenset({"ref", "table", "references"})
_TITLES = frozenset({"title", "front"})
_ID, _ANNOTATOR = "identifier", "annotator"
_SMALL = 10**15
Location = tuple[int, int]
"""Offset and length as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A passage, or a sentence of one that has no text of its own; ``passage`` counts from 0."""

    passage: int
    section: str
    prose: bool
    offset: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation as written; ``part`` is the one that it stands in, -1 for none."""

    id: str
    kind: str
    written: str
    words: str
    locations: tuple[Location, ...]
    part: int
    annotator: str


_made = maker(Mark, "id", "kind", "written", "words", "locations", "part", "annotator")


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One document as written; ``infons`` are those of the document and of its title, flat."""

    key: str
    parts: list[Part] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    infons: dict[str, Any] = field(default_factory=dict)


def sheet_of(document: Tree, where: Where) -> Sheet:
    """Return the parts of a document; a value of another kind than BioC has there is refused."""
    if "passages" not in document:
        raise _no_document(where)
    sheet = Sheet(key=word_in(document.get("id"), "id", where).strip())
    sheet.infons = {**document, **tree_in(document.get("infons"), "infons", where)}
    for number, passage in enumerate(list_in(document["passages"], "passages", where)):
        _add_passage(sheet, tree_in(passage, f"passages[{number}]", where), number, where)
    _add_statements(sheet, document, -1, "", where)
    return sheet


def _add_passage(sheet: Sheet, passage: Tree, number: int, where: Where) -> None:
    name = f"passages[{number}]."
    infons = tree_in(passage.get("infons"), f"{name}infons", where)
    section = _section(infons, name, where)
    if section == "title" and not number:
        sheet.infons = {**infons, **sheet.infons}
    sentences = [
        (f"{name}sentences[{index}].", tree_in(each, f"{name}sentences[{index}]", where))
        for index, each in enumerate(list_in(passage.get("sentences"), f"{name}sentences", where))
    ]
    text = text_in(passage.get("text"), f"{name}text", where)
    own = [(name, passage)] if text or not sentences else sentences
    first = len(sheet.parts)
    for place, tree in own:
        sheet.parts.append(
            Part(
                passage=number,
                section=section,
                prose=_is_prose(infons),
                offset=number_in(tree.get("offset"), f"{place}offset", where),
                text=text_in(tree.get("text"), f"{place}text", where).replace("\r\n", " \n"),
            )
        )
    if len(sheet.parts) > MOST_PARTS:
        raise _too_many(f"{MOST_PARTS} passages", where)
    _add_statements(sheet, passage, first, name, where)
    for index, (place, sentence) in enumerate(sentences):
        _add_statements(sheet, sentence, first + (0 if text else index), place, where)


def _section(infons: Tree, name: str, where: Where) -> str:
    """Return the name of a section in lower case; a title and what stands in front are one."""
    kind = word_in(infons.get("type"), f"{name}infons.type", where).strip().lower()
    section = word_in(infons.get("section_type"), f"{name}infons.section_type", where)
    found = section.strip().lower() or kind
    return "title" if found in _TITLES else found or "text"


def _is_prose(infons: Tree) -> bool:
    return not {str(infons.get(key)).lower() for key in ("type", "section_type")} & _NO_PROSE


def _add_statements(sheet: Sheet, tree: Tree, part: int, name: str, where: Where) -> None:
    """Add what stands in a document, passage or sentence besides its text."""
    annotations = list_in(tree.get("annotations"), f"{name}annotations", where)
    sheet.marks += _marks(annotations, part, name, where)
    relations = list_in(tree.get("relations"), f"{name}relations", where)
    for number, each in enumerate(relations):
        place = f"{name}relations[{number}]"
        sheet.links.append(link_of(tree_in(each, place, where), place, where))
    if len(sheet.marks) + len(sheet.links) > MOST_MARKS:
        raise _too_many(f"{MOST_MARKS} annotations and relations", where)


def _marks(annotations: Sequence[Any], part: int, name: str, where: Where) -> Iterator[Mark]:
    for number, each in enumerate(annotations):
        yield _usual(each, part) or _mark(each, part, f"{name}annotations[{number}]", where)


def _usual(annotation: Any, part: int) -> Mark | None:
    """Return an annotation as most are written; None for all that have to be looked at closely."""
    try:
        infons, (spot,) = annotation["infons"], annotation["locations"]
        said = annotation["id"], infons["type"], infons[_ID], annotation["text"]
        offset, length = spot["offset"], spot["length"]
    except (KeyError, TypeError, ValueError):
        return None
    if not (type(offset) is type(length) is int and -_SMALL < offset < _SMALL > length > 0):
        return None
    if not all(type(each) is str for each in said) or _ANNOTATOR in infons:
        return None
    key, kind, written, words = said
    if not written or "\r" in words:
        return None
    return _made(key, kind, written, words, ((offset, length),), part, "")


def _mark(each: Any, part: int, place: str, where: Where) -> Mark:
    annotation = tree_in(each, place, where)
    infons = tree_in(annotation.get("infons"), f"{place}.infons", where)
    words = text_in(annotation.get("text"), f"{place}.text", where)
    spots = list_in(annotation.get("locations"), f"{place}.locations", where)
    return _made(
        word_in(annotation.get("id"), f"{place}.id", where),
        word_in(infons.get("type"), f"{place}.infons.type", where),
        _id_in(infons, f"{place}.infons", where),
        words.replace("\r\n", " \n"),
        tuple(_locations(spots, place, where)),
        part,
        word_in(infons.get(_ANNOTATOR), f"{place}.infons.{_ANNOTATOR}", where).strip(),
    )


def _id_in(infons: Tree, place: str, where: Where) -> str:
    """Return the ids of an annotation under the first key that holds any."""
    for name in keys_of("id"):
        if infons.get(name) is not None:
            written = word_in(infons[name], f"{place}.{name}", where).strip()
            if written:
                return with_prefix(written, keys()[name].prefix)
    return ""


def _locations(spots: Sequence[Any], place: str, where: Where) -> Iterator[Location]:
    for number, each in enumerate(spots):
        spot = tree_in(each, f"{place}.locations[{number}]", where)
        offset = number_in(spot.get("offset"), f"{place}.locations[{number}].offset", where)
        length = number_in(spot.get("length"), f"{place}.locations[{number}].length", where)
        if offset is None or length is None:
            raise _no_numbers(replace(where, field=f"{place}.locations[{number}]"))
        yield offset, length


def _no_document(where: Where) -> InputError:
    return InputError(
        "this is no BioC document: it has no passages",
        code="E177",
        where=where,
        hint='a document has "id" and "passages", a collection has "documents"',
    )


def _no_numbers(where: Where) -> InputError:
    return InputError(
        "a location has no offset or no length",
        code="E176",
        where=where,
        hint="give both, or leave the location out",
    )


def _too_many(number: str, where: Where) -> LimitError:
    return LimitError(
        f"the document has more than {number}",
        code="E507",
        where=where,
        hint="split it over several documents",
    )
