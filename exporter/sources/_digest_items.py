"""Items of an entity line: split at commas outside brackets, then label, gloss, id and aliases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId
from exporter.sources._digest_ids import WrittenIds, is_variant

_CLOSING = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "｛": "｝"}  # noqa: RUF001
_CURLY, _SQUARE = "}｝", "]］"  # noqa: RUF001
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_BRACKET_OR_COMMA = re.compile("[" + re.escape("".join((*_CLOSING, *_OPENING))) + ",]")
_AKA = re.compile(r"aka\b", re.IGNORECASE)
_LOCANT_BEFORE = re.compile(r"(?:\d|['′]|(?<![^\W_])[A-Za-z])\Z")  # noqa: RUF001
_LOCANT_AFTER = re.compile(r"\d|[A-Za-z](?=['′,-])")  # noqa: RUF001


class UnbalancedError(ValueError):
    """A bracket has no partner; ``offset`` tells where it stands in the text."""

    def __init__(self, bracket: str, offset: int) -> None:
        super().__init__(bracket, offset)
        self.bracket, self.offset = bracket, offset


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
                raise UnbalancedError(mark, offset)
        elif not opened and not _within_name(text, offset):
            cuts.append(offset)
    if opened:
        raise UnbalancedError(text[opened[-1]], opened[-1])
    return [_trim(text, a + 1, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def read_item(text: str, ids: WrittenIds) -> Item:
    """Return the parts of an item whose brackets pair: groups at its end, the rest is the label.

    >>> from exporter.model.identifiers import bundled_namespaces
    >>> item = read_item("jak (Janus kinase)", WrittenIds(bundled_namespaces()))
    >>> item.label, item.gloss, item.stated_as
    ('jak', 'Janus kinase', '')
    """
    found: dict[str, str] = {}
    for group in _groups_from_the_end(text):
        role = _role(group, ids)
        if role == "id" and "id" in found:
            role = "spare_id"
        if role is None or role in found:
            break
        found[role] = group.inner
        text = text[: group.begin]
    label = text.strip()
    stated_as = found.get("id") or (label if is_variant(label) else "")
    stated, trouble = ids.read([stated_as] if stated_as else [])
    return Item(
        label=label,
        gloss=found.get("gloss", ""),
        stated_as=stated_as,
        stated=stated,
        aliases=tuple(_aliases(found.get("aliases", ""))),
        spare_id=found.get("spare_id", ""),
        trouble=trouble,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A bracket group; ``apart`` tells that white space stands before it."""

    opening: str
    inner: str
    begin: int
    apart: bool


def open_after(line: str) -> int:
    """Return how many items or brackets a line leaves open: a comma at its end leaves one."""
    opened = sum(map(line.count, _CLOSING)) - sum(map(line.count, _OPENING))
    return opened + line.rstrip().endswith(",")


def _within_name(text: str, comma: int) -> bool:
    """Tell whether a comma stands inside a name: tight, between the locants of a chemical."""
    before = text[max(0, comma - 2) : comma]
    return bool(_LOCANT_BEFORE.search(before) and _LOCANT_AFTER.match(text, comma + 1))


def _trim(text: str, begin: int, end: int) -> tuple[int, int]:
    part = text[begin:end]
    begin += len(part) - len(part.lstrip())
    return begin, begin + len(part.strip())


def _groups_from_the_end(text: str) -> Iterator[_Group]:
    """Yield the bracket groups that end the text, last first, as long as words stand before."""
    partner = _partners(text)
    end = len(text.rstrip())
    while end and text[end - 1] in _OPENING:
        begin = partner[end - 1]
        if not text[:begin].strip():
            return
        yield _Group(
            opening=text[begin],
            inner=text[begin + 1 : end - 1].strip(),
            begin=begin,
            apart=text[begin - 1].isspace(),
        )
        end = len(text[:begin].rstrip())


def _partners(text: str) -> dict[int, int]:
    partner, opened = {}, list[int]()
    for offset, letter in enumerate(text):
        if letter in _CLOSING:
            opened.append(offset)
        elif letter in _OPENING:
            partner[offset] = opened.pop()
    return partner


def _role(group: _Group, ids: WrittenIds) -> str | None:
    """Tell what a group is: square brackets hold an id, round ones an id or a gloss.

    Without white space before it only a true id is one: the brackets of ``p.(Val155Met)`` and
    ``poly[I:C]`` belong to the name.
    """
    if _CLOSING[group.opening] in _CURLY:
        return "aliases" if _AKA.match(group.inner) else None
    if ids.looks_like_one(group.inner):
        return "id"
    if not group.apart:
        return None
    return "id" if _CLOSING[group.opening] in _SQUARE else "gloss"


def _aliases(inner: str) -> Iterator[str]:
    text = _AKA.sub("", inner, count=1).strip()
    for begin, end in split_items(text):
        if begin < end:
            yield text[begin:end]
