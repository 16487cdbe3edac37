"""YAML nodes to a case: every problem is remarked on, and what is sound is kept."""

import dataclasses
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.facts import About
from exporter.sources import _case_remarks as remarks
from exporter.sources._case_fields import Key, allows_null, choices, in_words, item_kind, keys_of
from exporter.sources._case_fields import options as options_of
from exporter.sources._case_remarks import Path, Remark
from exporter.sources._yaml import Mapping, Node, Scalar, Sequence

# A file with more problems is broken in some other way: its words are not compared any more.
_HELPFUL = 200
_NO_NUMBER = "write the number in plain digits, such as 5 or 0.25, without quotes"


@dataclasses.dataclass(slots=True)
class Structure:
    """The outcome of reading: a case if one could be built, remarks, and where each field stands.

    ``faulty`` holds the paths of values that were left out; ``whole`` is False when a record or an
    item of a list had to be left out, so that checks across the case would mislead.
    """

    case: Case | None = None
    remarks: list[Remark] = dataclasses.field(default_factory=list)
    spots: dict[Path, int] = dataclasses.field(default_factory=dict)
    faulty: list[Path] = dataclasses.field(default_factory=list)
    whole: bool = True


class _Faulty:
    """Stands for a value that could not be understood."""


_FAULTY = _Faulty()


def structure(node: Node, where: Where) -> Structure:
    """Read the case that a node holds."""
    reading = Structure()
    found = _Reader(reading).value(Case, node, ())
    if isinstance(found, Case):
        reading.case = dataclasses.replace(found, where=where)
    return reading


class _Reader:
    """Reads values by the type that the model gives them."""

    def __init__(self, reading: Structure) -> None:
        self._reading = reading

    def value(self, kind: Any, node: Node, path: Path) -> Any:
        self._reading.spots.setdefault(path, node.line)
        options = options_of(kind)
        if isinstance(node, Scalar) and node.is_null:
            if allows_null(kind):
                return None
            return self._fault(
                "missing-value", path, "must have a value", f"write {in_words(kind)}"
            )
        records = [option for option in options if dataclasses.is_dataclass(option)]
        if isinstance(node, Mapping) and records:
            return self._record(records[0], node, path)
        if isinstance(node, Sequence) and item_kind(options[0]) is not None:
            return self._items(item_kind(options[0]), node, path)
        plain = [option for option in options if option not in records]
        if isinstance(node, Scalar) and plain and item_kind(plain[0]) is None:
            return self._scalar(plain[0], node, path, in_words(kind))
        return self._wrong_form(kind, node, path)

    def _wrong_form(self, kind: Any, node: Node, path: Path) -> Any:
        got = {Scalar: "a single value", Sequence: "a list", Mapping: "a record"}[type(node)]
        hint = f"write {in_words(kind)}"
        if isinstance(node, Scalar) and item_kind(options_of(kind)[0]) is not None:
            hint = f"write {path[-1] if path else 'it'}: [{node.text}]; it is {in_words(kind)}"
        value = node.text if isinstance(node, Scalar) else ""
        return self._fault("wrong-form", path, f"is {got}", hint, value)

    def _record(self, kind: Any, node: Mapping, path: Path) -> Any:
        keys = keys_of(kind)
        self._reading.spots |= {(*path, name): key.line for name, key in node.keys.items()}
        found = {
            key.field: self.value(key.kind, node.entries[name], (*path, name))
            for name, key in keys.items()
            if name in node.entries
        }
        found["about"] = self._about(node, keys, path)
        sound = {name: value for name, value in found.items() if value is not _FAULTY}
        for name, key in keys.items():
            self._remark_missing(name, key, node, path)
        if any(key.required and key.field not in sound for key in keys.values()):
            self._reading.whole = False
            return _FAULTY
        return kind(**sound)

    def _remark_missing(self, name: str, key: Key, node: Mapping, path: Path) -> None:
        if name in node.entries:
            return
        if key.required:
            self._fault("missing-key", (*path, name), "is missing", f"write {in_words(key.kind)}")
        elif key.always_there:
            message = f"{name} is missing: read as not reported"
            self._remark(remarks.note("missing-key", (*path, name), message, f"write {name}: null"))

    def _about(self, node: Mapping, keys: dict[str, Key], path: Path) -> About:
        entries = {name: node.entries[name] for name in node.entries if name not in keys}
        remark = self._anywhere(str | None, entries.pop("note", None), (*path, "note"))
        inferred = self._anywhere(bool | None, entries.pop("inferred", None), (*path, "inferred"))
        for name, value in entries.items():
            self._unknown(name, value, keys, path)
        return About(
            line=node.line,
            lines=tuple((name, key.line) for name, key in node.keys.items()),
            not_reported=tuple(
                name
                for name, value in node.entries.items()
                if name in keys and isinstance(value, Scalar) and value.is_null
            ),
            unknown=tuple((name, as_json(value)) for name, value in entries.items()),
            note=remark,
            inferred=inferred,
        )

    def _anywhere(self, kind: Any, node: Node | None, path: Path) -> Any:
        found = None if node is None else self.value(kind, node, path)
        return None if found is _FAULTY else found

    def _unknown(self, name: str, value: Node, keys: dict[str, Key], path: Path) -> None:
        close = self._meant(name, keys)
        known = f"keys that are read here: {remarks.sentence([*keys, 'note', 'inferred'])}"
        hint = f"did you mean {close}? {known}" if close else known
        message = f"the key {name} is not known here; it is kept, but nothing reads it"
        self._remark(remarks.warning("unknown-key", (*path, name), message, hint, as_json(value)))

    def _meant(self, word: str, known: Iterable[str]) -> str:
        return remarks.closest(word, known) if len(self._reading.remarks) < _HELPFUL else ""

    def _items(self, kind: Any, node: Sequence, path: Path) -> Any:
        found = [self.value(kind, item, (*path, index)) for index, item in enumerate(node.items)]
        sound = tuple(value for value in found if value is not _FAULTY)
        if len(sound) < len(found):
            self._reading.whole = False
        return sound

    def _scalar(self, kind: Any, node: Scalar, path: Path, expected: str) -> Any:
        words = choices(kind)
        if words:
            return self._word(kind, node, path, expected)
        if kind is str:
            return self._text(node, path)
        value = node.value
        if kind is bool:
            return value if isinstance(value, bool) else self._no_truth(node, path, expected)
        if kind is int:
            sound = isinstance(value, int) and not isinstance(value, bool)
            return value if sound else self._no_number(node, path, expected)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(node.text)
        return self._no_number(node, path, expected)

    def _word(self, kind: Any, node: Scalar, path: Path, expected: str) -> Any:
        words = choices(kind)
        if node.text in words:
            return kind(node.text) if isinstance(kind, type) else node.text
        close = self._meant(node.text, words)
        hint = f"did you mean {close}? " if close else ""
        message = f"cannot be {node.text!r}"
        return self._fault("unknown-value", path, message, f"{hint}write {expected}", node.text)

    def _text(self, node: Scalar, path: Path) -> Any:
        if node.text.strip():
            return node.text
        return self._fault("empty-text", path, "is empty", "write null for what is not reported")

    def _no_truth(self, node: Scalar, path: Path, expected: str) -> Any:
        hint = f"write {expected}, without quotes"
        return self._fault("wrong-form", path, f"cannot be {node.text!r}", hint, node.text)

    def _no_number(self, node: Scalar, path: Path, expected: str) -> Any:
        message = f"cannot be {node.text!r}, it must be {expected}"
        return self._fault("number-expected", path, message, _NO_NUMBER, node.text)

    def _fault(
        self, code: str, path: Path, problem: str, hint: str = "", value: str = ""
    ) -> _Faulty:
        name = str(path[-1]) if path and isinstance(path[-1], str) else "an item of the list"
        if not path:
            name = "the case"
        self._remark(remarks.error(code, path, f"{name} {problem}", hint, value))
        self._reading.faulty.append(path)
        return _FAULTY

    def _remark(self, remark: Remark) -> None:
        self._reading.remarks.append(remark)


def as_json(node: Node) -> str:
    """Return a node as JSON, with numbers as they stand in the file where JSON can write them."""
    if isinstance(node, Mapping):
        pairs = (f"{json.dumps(name)}: {as_json(value)}" for name, value in node.entries.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(as_json(item) for item in node.items) + "]"
    value = node.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)
