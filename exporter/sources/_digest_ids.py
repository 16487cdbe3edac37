"""Identifiers as digests write them: told from a gloss, and read into their canonical form."""

import re
from collections.abc import Iterable

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces

_PLAIN_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9._]*")
_LOCAL_WITH_DIGIT = re.compile(r"[\w.-]*\d[\w.-]*", re.ASCII)
_JOINED = re.compile(r"([A-Za-z]+)_(\w+)", re.ASCII)
_VARIANT = re.compile(r"rs\d+", re.ASCII)
_HGVS = re.compile(r"[cgmnopr]\.")


class WrittenIds:
    """The forms in which ids are written: ``NCBI Gene 3716``, ``MESH:D003882``, ``CVCL_0030``."""

    def __init__(self, namespaces: Namespaces) -> None:
        self._namespaces = namespaces
        self._prefixes = {
            name.casefold() for row in namespaces for name in (row.prefix, *row.aliases)
        }

    def looks_like_one(self, text: str) -> bool:
        """Tell an id, known or not, well formed or not, from words that explain a label.

        ``Janus kinase`` and ``p.Val155Met`` are words; ``FOO:12`` is an id of nobody knows what.
        """
        if "://" in text:
            return not any(letter.isspace() for letter in text)
        joined = _JOINED.fullmatch(text)
        if joined:
            return self._knows(joined[1])
        if ":" in text:
            return self._looks_like_curie(*text.split(":", 1))
        prefix, _, local = text.rpartition(" ")
        if self._knows(prefix):
            return " " in prefix or any(letter.isdigit() for letter in local)
        return is_variant(text)

    def parse(self, text: str) -> EntityId:
        """Return the canonical form of an id; refuse unknown prefixes and malformed locals."""
        if is_variant(text):
            return self._namespaces.make("rs", text)
        joined = _JOINED.fullmatch(text)
        if joined:
            return self._namespaces.make(joined[1], joined[2])
        prefix, blank, local = text.rpartition(" ")
        if ":" in text or not blank:
            return self._namespaces.parse(text)
        return self._namespaces.make(prefix, local)

    def read(self, texts: Iterable[str]) -> tuple[EntityId | None, IdentifierError | None]:
        """Return the canonical form of the first text, if any, or why it has none."""
        for text in texts:
            try:
                return self.parse(text), None
            except IdentifierError as error:
                return None, error
        return None, None

    def _knows(self, prefix: str) -> bool:
        return prefix.strip().casefold() in self._prefixes

    def _looks_like_curie(self, prefix: str, local: str) -> bool:
        if self._knows(prefix):
            blank = any(letter.isspace() for letter in local.strip())
            return not blank or any(letter.isdigit() for letter in local)
        known_form = _PLAIN_PREFIX.fullmatch(prefix) and _LOCAL_WITH_DIGIT.fullmatch(local)
        return bool(known_form) and _HGVS.match(local) is None


def is_variant(text: str) -> bool:
    """Tell whether a text is a reference SNP number (``rs587777610``)."""
    return _VARIANT.fullmatch(text) is not None
