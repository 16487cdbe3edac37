"""YAML as plain nodes with their lines: no tags, no aliases, no surprises about what a word means.

Numbers keep their digits (``41.0`` stays ``41.0``), dates stay text, and only ``true``, ``false``,
``null``, ``~`` and nothing at all are more than words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

import yaml

from exporter.errors import InputError, Where
from exporter.model.decoding import decoded
from exporter.sources._decode import LOST, UNPRINTABLE
from exporter.sources._yaml_words import in_plain_words

LARGEST = 300_000
DEEPEST = 30
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})?\.[0-9]{1,18}")
_WORDS = {
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; ``plain`` when it stands without quotes and so may be a number or null."""

    line: int
    column: int
    text: str
    plain: bool

    @property
    def value(self) -> str | int | Decimal | bool | None:
        """Return what a plain text means; a quoted one is text."""
        if not self.plain:
            return self.text
        if self.text in _WORDS:
            return _WORDS[self.text]
        if _INTEGER.fullmatch(self.text):
            return int(self.text)
        return Decimal(self.text) if _DECIMAL.fullmatch(self.text) else self.text

    @property
    def is_null(self) -> bool:
        """Tell whether nothing stands there, or null."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A record: keys with values, no key twice."""

    line: int
    column: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def compose(content: bytes, where: Where) -> Node:
    """Return the one document in some bytes; ``where.line`` is the line that they begin with.

    Refused, with line and column: what is not UTF-8 or not YAML, tags, anchors and aliases, merge
    keys, keys given twice or that are no text, a second document, unprintable characters, more
    than 300,000 bytes and more than 30 levels.
    """
    if len(content) > LARGEST:
        raise InputError(
            f"the file has {len(content)} bytes, and {LARGEST} are allowed",
            code="too-large",
            where=where,
            hint="write one file for each case",
        )
    composer = _Composer(where)
    text = _text(content, where)
    _refuse_unprintable(text, composer)
    for event in _events(text, composer):
        composer.take(event)
    return composer.result()


def _text(content: bytes, where: Where) -> str:
    """Return the text of some bytes; the place of a refusal counts from the start of the file."""
    try:
        return decoded(content, Where(file=where.file))
    except InputError as error:
        line = (where.line or 1) + ((error.where and error.where.line) or 1) - 1
        raise error.at(replace(error.where or where, line=line)) from None


def is_unprintable(text: str) -> bool:
    """Tell whether a text holds characters that no export could carry."""
    return UNPRINTABLE.search(text) is not None


def _refuse_unprintable(text: str, composer: "_Composer") -> None:
    match = UNPRINTABLE.search(text)
    if match is not None:
        before = text[: match.start()]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        raise composer.refusal(
            f"the character U+{ord(match[0]):04X} cannot be printed",
            code="unprintable",
            spot=(line, column),
            hint="delete it",
        )
    lost = text.find(LOST)
    if lost >= 0:
        raise composer.refusal(
            "the character U+FFFD stands where another one was lost",
            code="lost-character",
            spot=(text.count("\n", 0, lost), lost - text.rfind("\n", 0, lost) - 1),
            hint="write the character that stood there before the file was converted",
        )


def _events(text: str, composer: "_Composer") -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        problem, hint = in_plain_words(error, text)
        mark = error.problem_mark or error.context_mark
        spot = (mark.line, mark.column) if mark else (0, 0)
        if "nesting depth" in (error.problem or ""):  # some parsers have a limit of their own
            raise composer.too_deep(spot) from None
        raise composer.refusal(problem, code="yaml-syntax", spot=spot, hint=hint) from None
    except yaml.YAMLError as error:
        hint = "save the file as UTF-8 text"
        raise composer.refusal(
            f"this is not YAML: {error}", code="yaml-syntax", hint=hint
        ) from None


class _Composer:
    """Makes nodes of events, with a stack of its own: no depth can exhaust Python's."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._open: list[Sequence | Mapping] = []
        self._key: list[Scalar | None] = []
        self._root: Node | None = None

    def result(self) -> Node:
        if self._root is None or (isinstance(self._root, Scalar) and self._root.is_null):
            hint = "exporter case new writes a case to fill in"
            raise self.refusal("the file holds nothing", code="empty-file", hint=hint)
        return self._root

    def refusal(
        self, problem: str, *, code: str, spot: tuple[int, int] = (0, 0), hint: str = ""
    ) -> InputError:
        line = (self._where.line or 1) + spot[0]
        where = Where(file=self._where.file, line=line, column=spot[1] + 1)
        return InputError(problem, code=code, where=where, hint=hint)

    def take(self, event: yaml.Event) -> None:
        if not isinstance(event, yaml.NodeEvent):
            if isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
                self._key.pop()
            return
        mark = event.start_mark
        spot = (mark.line, mark.column) if mark else (0, 0)
        self._refuse_magic(event, spot)
        node = self._node(event, spot)
        self._add(node, spot)
        if not isinstance(node, Scalar):
            self._descend(node, spot)

    def _refuse_magic(self, event: yaml.NodeEvent, spot: tuple[int, int]) -> None:
        if event.anchor is not None:
            raise self.refusal(
                "anchors and aliases (&name, *name) are not read",
                code="yaml-alias",
                spot=spot,
                hint="write the value out, or put text that begins with & or * into quotes",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self.refusal(
                f"the tag {tag!r} is not read",
                code="yaml-tag",
                spot=spot,
                hint="delete it, or put text that begins with ! into quotes",
            )

    def _node(self, event: yaml.NodeEvent, spot: tuple[int, int]) -> Node:
        line, column = (self._where.line or 1) + spot[0], spot[1] + 1
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(line, column)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(line, column)
        if not isinstance(event, yaml.ScalarEvent):
            raise self.refusal("aliases are not read", code="yaml-alias", spot=spot)
        text = str(event.value)
        if is_unprintable(text) or LOST in text:
            raise self.refusal(
                "the text holds unprintable characters",
                code="unprintable",
                spot=spot,
                hint="delete its escapes of control characters",
            )
        return Scalar(line, column, text, bool(event.implicit[0]))

    def _add(self, node: Node, spot: tuple[int, int]) -> None:
        if not self._open:
            if self._root is not None:
                raise self.refusal(
                    "a second document begins here",
                    code="yaml-syntax",
                    spot=spot,
                    hint="begin each document with a line ---, and end it before the next",
                )
            self._root = node
            return
        parent, key = self._open[-1], self._key[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif key is None:
            self._key[-1] = self._checked_key(parent, node, spot)
        else:
            parent.entries[key.text] = node
            parent.keys[key.text] = key
            self._key[-1] = None

    def _checked_key(self, parent: Mapping, node: Node, spot: tuple[int, int]) -> Scalar:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            raise self.refusal(
                "a key must be a word",
                code="yaml-key",
                spot=spot,
                hint="write a known key, or put it into double quotes",
            )
        if node.text == "<<" and node.plain:
            raise self.refusal(
                "merge keys (<<) are not read",
                code="yaml-alias",
                spot=spot,
                hint="write the keys out",
            )
        if node.text in parent.entries:
            raise self.refusal(
                f"the key {node.text!r} stands twice in one record",
                code="duplicate-key",
                spot=spot,
                hint=f"it stands first in line {parent.keys[node.text].line}; delete one of them",
            )
        return node

    def _descend(self, node: Sequence | Mapping, spot: tuple[int, int]) -> None:
        self._open.append(node)
        self._key.append(None)
        if len(self._open) > DEEPEST:
            raise self.too_deep(spot)

    def too_deep(self, spot: tuple[int, int]) -> InputError:
        """Return the error that tells of brackets that are opened again and again."""
        return self.refusal(
            f"records and lists are nested more than {DEEPEST} levels deep",
            code="too-deep",
            spot=spot,
            hint="close the brackets; a case needs fewer than ten levels",
        )
