"""Items of an entity line: split at commas outside brackets, then label, gloss, id and aliases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces

_CLOSING = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "｛": "｝"}  # noqa: RUF001
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_BRACKET_OR_COMMA = re.compile("[" + re.escape("".join((*_CLOSING, *_OPENING))) + ",]")
_LOCANT_BEFORE = re.compile(r"(?:\d|['′]|(?<![^\W_])[A-Za-z])\Z")  # noqa: RUF001
_LOCANT_AFTER = re.compile(r"\d|[A-Za-z](?=['′,-])")  # noqa: RUF001

_CURIE = re.compile(r"([A-Za-z][\w .-]*?)\s*:\s*(\S*)", re.ASCII)
_SPACED = re.compile(r"(\S+(?: \S+)*) (\S+)")
_JOINED = re.compile(r"([A-Za-z]+)_(\w+)", re.ASCII)
_VARIANT = re.compile(r"rs\d+", re.ASCII)
_HGVS = re.compile(r"[cgmnopr]\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketProblem:
    """A bracket without its partner: the bracket and its offset in the text."""

    bracket: str
    offset: int


class UnbalancedError(ValueError):
    """The brackets of a text do not pair."""

    def __init__(self, problem: BracketProblem) -> None:
        super().__init__(f"{problem.bracket!r} at {problem.offset}")
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entity item as written; ``spare_id`` is a second id, which the grammar has no place for.

    ``trouble`` tells why the id is not a canonical one.
    """

    label: str
    gloss: str = ""
    stated_as: str = ""
    stated: EntityId | None = None
    aliases: tuple[str, ...] = ()
    spare_id: str = ""
    trouble: IdentifierError | None = None


def split_items(text: str) -> list[tuple[int, int]]:
    """Return begin and end of each part between commas outside brackets, blanks trimmed off.

    The comma of a chemical name (``1,25-dihydroxyvitamin D3``) does not split. Parts may be
    empty. Brackets that do not pair raise ``UnbalancedError``.

    >>> [("a (b, c)", "d")] == [tuple("a (b, c), d"[s:e] for s, e in split_items("a (b, c), d"))]
    True
    """
    cuts, opened = [-1], list[int]()
    for match in _BRACKET_OR_COMMA.finditer(text):
        mark, offset = match[0], match.start()
        if mark in _CLOSING:
            opened.append(offset)
        elif mark in _OPENING:
            if not opened or text[opened.pop()] != _OPENING[mark]:
                raise UnbalancedError(BracketProblem(bracket=mark, offset=offset))
        elif not opened and not _within_name(text, offset):
            cuts.append(offset)
    if opened:
        raise UnbalancedError(BracketProblem(bracket=text[opened[-1]], offset=opened[-1]))
    return [_trim(text, a + 1, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def read_item(text: str, namespaces: Namespaces) -> Item:
    """Return the parts of an item whose brackets pair: groups at its end, the rest is the label.

    >>> from exporter.model.identifiers import bundled_namespaces
    >>> item = read_item("jak (Janus kinase)", bundled_namespaces())
    >>> item.label, item.gloss, item.stated_as
    ('jak', 'Janus kinase', '')
    """
    found: dict[str, str] = {}
    for opening, inner, begin in _groups_from_the_end(text):
        role = _role(opening, inner, namespaces)
        if role == "id" and "id" in found:
            role = "spare_id"
        if role in found:
            break
        found[role] = inner
        text = text[:begin]
    label = text.strip()
    stated_as = found.get("id") or (label if _VARIANT.fullmatch(label) else "")
    stated, trouble = _identified(stated_as, namespaces) if stated_as else (None, None)
    return Item(
        label=label,
        gloss=found.get("gloss", ""),
        stated_as=stated_as,
        stated=stated,
        aliases=tuple(_aliases(found.get("aliases", ""))),
        spare_id=found.get("spare_id", ""),
        trouble=trouble,
    )


def _within_name(text: str, comma: int) -> bool:
    """Tell whether a comma stands inside a name: tight, between the locants of a chemical."""
    before = text[max(0, comma - 2) : comma]
    return bool(_LOCANT_BEFORE.search(before) and _LOCANT_AFTER.match(text, comma + 1))


def _trim(text: str, begin: int, end: int) -> tuple[int, int]:
    part = text[begin:end]
    begin += len(part) - len(part.lstrip())
    return begin, begin + len(part.strip())


def _groups_from_the_end(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield bracket groups that end the text, last first: bracket, inner text, where it begins.

    A group needs white space before it: the brackets of ``p.(Val155Met)`` belong to the name.
    """
    partner = _partners(text)
    end = len(text.rstrip())
    while end and text[end - 1] in _OPENING:
        begin = partner[end - 1]
        if not text[:begin].strip() or not text[begin - 1].isspace():
            return
        yield text[begin], text[begin + 1 : end - 1].strip(), begin
        end = len(text[:begin].rstrip())


def _partners(text: str) -> dict[int, int]:
    partner, opened = {}, list[int]()
    for offset, letter in enumerate(text):
        if letter in _CLOSING:
            opened.append(offset)
        elif letter in _OPENING:
            partner[offset] = opened.pop()
    return partner


def _role(opening: str, inner: str, namespaces: Namespaces) -> str:
    """Tell what a group is; square brackets always hold an id, round ones an id or a gloss."""
    if opening in "{｛" and re.match(r"aka\b", inner):  # noqa: RUF001
        return "aliases"
    if opening in "[［":  # noqa: RUF001
        return "id"
    return "id" if _looks_like_id(inner, namespaces) else "gloss"


def _looks_like_id(text: str, namespaces: Namespaces) -> bool:
    if "://" in text:
        return " " not in text
    if _VARIANT.fullmatch(text):
        return True
    joined = _JOINED.fullmatch(text)
    if joined:
        return _knows(joined[1], namespaces)
    curie = _CURIE.fullmatch(text)
    if curie:
        return _knows(curie[1], namespaces) or _has_form_of_curie(text)
    spaced = _SPACED.fullmatch(text)
    if spaced and _knows(spaced[1], namespaces):
        return " " in spaced[1] or any(letter.isdigit() for letter in spaced[2])
    return False


def _has_form_of_curie(text: str) -> bool:
    """Tell a CURIE of an unknown prefix from two words with a colon: no blanks, a digit."""
    prefix, _, local = text.partition(":")
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9._]*", prefix)
    digits = re.fullmatch(r"[\w.-]*\d[\w.-]*", local, re.ASCII)
    return bool(plain and digits and not _HGVS.match(local))


def _knows(prefix: str, namespaces: Namespaces) -> bool:
    try:
        namespaces.make(prefix, "")
    except IdentifierError as error:
        return error.code != "E121"
    return True


def _identified(
    text: str, namespaces: Namespaces
) -> tuple[EntityId | None, IdentifierError | None]:
    """Return the canonical form of an id in any of the forms of digests, or what is wrong."""
    try:
        return _parse(text, namespaces), None
    except IdentifierError as error:
        return None, error


def _parse(text: str, namespaces: Namespaces) -> EntityId:
    if _VARIANT.fullmatch(text):
        return namespaces.make("rs", text)
    joined = _JOINED.fullmatch(text)
    if joined:
        return namespaces.make(joined[1], joined[2])
    if ":" in text:
        return namespaces.parse(text)
    prefix, blank, local = text.rpartition(" ")
    if not blank:
        return namespaces.parse(text)
    return namespaces.make(prefix, local)


def _aliases(inner: str) -> Iterator[str]:
    text = inner.removeprefix("aka").strip()
    for begin, end in split_items(text):
        if begin < end:
            yield text[begin:end]
