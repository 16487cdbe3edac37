"""One spelling of a name, under which names of the same thing meet."""

import re
import unicodedata
from functools import lru_cache

from exporter.ontologies.terms import Scope, Term

_GREEK_NAME = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?(\w+)")


def _spelled_out(letter: str) -> str:
    match = _GREEK_NAME.fullmatch(unicodedata.name(letter, ""))
    return match.group(1).lower().replace("lamda", "lambda") if match else letter


_GREEK = {
    code: _spelled_out(chr(code))
    for code in range(0x0370, 0x0400)
    if _spelled_out(chr(code)) != chr(code)
}
_NEARNESS = {scope: place for place, scope in enumerate(Scope)}
_NOT_TOLD_APART = str.maketrans(dict.fromkeys(" -_'\u2018\u2019\u02bc", ""))
# Of ASCII characters these are all that a key leaves out: most names need nothing else.
_LEFT_OUT_OF_ASCII = {**_NOT_TOLD_APART, **dict.fromkeys((*range(32), 127), "")}
_REMEMBERED = 1 << 16


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str) -> str:
    """Return the key under which a name is looked up.

    Case, accents, dashes, spaces, apostrophes and the two ways to write a Greek letter are not
    told apart; all else is, so that ``MDA5+`` is not ``MDA5``.

    >>> name_key("Mi-2\N{GREEK SMALL LETTER ALPHA}") == name_key("mi2 ALPHA")
    True
    """
    if name.isascii():
        return name.lower().translate(_LEFT_OUT_OF_ASCII)
    return _key_of_any_script(name)


def _key_of_any_script(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).translate(_GREEK).translate(_NOT_TOLD_APART)
    return "".join(letter for letter in text if not _is_mark(letter)).casefold()


def _is_mark(letter: str) -> bool:
    """Tell accents, dashes, spaces and invisible characters."""
    return unicodedata.category(letter) in {"Mn", "Pd", "Zs", "Cf", "Cc"} or letter == "\u2212"


def name_keys(term: Term) -> dict[str, Scope]:
    """Return the keys of a term's names, each with the nearest scope of a name that has it."""
    keys = {name_key(term.label): Scope.EXACT}
    for name in term.synonyms:
        key = name_key(name.text)
        known = keys.get(key)
        if known is None or _NEARNESS[name.scope] < _NEARNESS[known]:
            keys[key] = name.scope
    keys.pop("", None)
    return keys


def by_nearness(scope: Scope) -> int:
    """Return the place of a scope among all, the nearest first."""
    return _NEARNESS[scope]
