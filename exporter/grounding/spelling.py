"""One spelling for names: case, dashes, accents, Greek letters, plurals, British and American."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from exporter.ontologies.names import name_key
from exporter.resources import data

WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
"""A run of letters and digits, with their accents."""

_CAPITALS = re.compile(r"[A-Z][A-Za-z0-9/-]{0,5}[A-Z0-9]s?")
_LEFT_OUT = re.compile(r"^DNA\s|\ssubunit\s\w+$")
_POSSESSIVE = re.compile(r"['\u2019]s\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variants:
    """The table ``word-variants.csv``: what words mean the same and which say little."""

    words: dict[str, str]
    spellings: tuple[tuple[str, str], ...]
    heads: frozenset[str]
    vague: frozenset[str]
    products: frozenset[str]


@cache
def _variants() -> _Variants:
    with (data("ontology") / "word-variants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spellings = [(row["word"], row["means"]) for row in rows if row["how"] == "spelling"]
    return _Variants(
        words={row["word"]: row["means"] for row in rows if row["how"] == "word"},
        spellings=tuple(spellings),
        heads=frozenset(row["word"] for row in rows if row["how"] == "head"),
        vague=frozenset(row["word"] for row in rows if row["how"] == "vague"),
        products=frozenset(row["word"] for row in rows if row["how"] == "product"),
    )


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """Return the key under which a name is looked up: letters and digits only.

    >>> key("Mi2-\u03b1") == key("MI-2 alpha") == "mi2alpha"
    True
    """
    return "".join(_parts(name))


def _parts(name: str) -> list[str]:
    """Return the runs of letters and digits, each in its one spelling."""
    return [name_key(part) for part in WORD.findall(_POSSESSIVE.sub("", name))]


@lru_cache(maxsize=100_000)
def words(name: str) -> frozenset[str]:
    """Return the words of a name that say something, in one spelling, in no order.

    >>> words("Lung Diseases, Interstitial") == words("interstitial lung disease")
    True
    >>> words("anaemia") == words("anemia"), words("myositis") == words("myositi")
    (True, False)
    """
    found = (_word(part) for part in _parts(name))
    return frozenset(word for word in found if word)


def _word(word: str) -> str:
    table = _variants()
    for british, american in table.spellings:
        word = word.replace(british, american)
    singular = _singular(word)
    return table.words.get(word, table.words.get(singular, singular))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


def singular(label: str) -> str:
    """Return a label with its last word in the singular: ``skin tumours``, ``skin tumour``."""
    head, gap, last = label.rpartition(" ")
    return f"{head}{gap}{_singular(last)}"


def label_keys(label: str) -> tuple[str, ...]:
    """Return the keys under which a label is looked up: as it is, and in the singular."""
    return tuple(dict.fromkeys((name_key(label), name_key(singular(label)))))


def is_capitals(label: str) -> bool:
    """Tell a short form: a few letters from one capital to another or a digit, in the plural too.

    >>> is_capitals("MDA5"), is_capitals("TIFs"), is_capitals("Taxol")
    (True, True, False)
    """
    return bool(_CAPITALS.fullmatch(label))


@lru_cache(maxsize=100_000)
def telling(name: str) -> frozenset[str]:
    """Return the words of a name without those that fit any disease, gene or germ.

    >>> sorted(telling("muscle and skin involvement"))
    ['muscle', 'skin']
    """
    table = _variants()
    return words(name) - table.heads - table.vague


def names_a_product(name: str) -> bool:
    """Tell whether a name has a word that stands in names of genes and their products.

    >>> names_a_product("monocyte chemoattractant protein-1"), names_a_product("healthy controls")
    (True, False)
    """
    return bool(words(name) & _variants().products)


def shorter_names(name: str) -> tuple[str, ...]:
    """Return what texts write for the full name of a gene's product: its part is left out.

    >>> shorter_names("RNA polymerase III subunit A"), shorter_names("DNA topoisomerase I")
    (('RNA polymerase III',), ('topoisomerase I',))
    """
    found = _LEFT_OUT.sub("", name)
    return (found,) if found != name and " " in found else ()


def is_full_name(name: str) -> bool:
    """Tell whether a name is written out, not a symbol or short form.

    >>> is_full_name("catalase"), is_full_name("CAT"), is_full_name("MDA-5")
    (True, False, False)
    """
    return any(len(part) > 3 and part.islower() for part in WORD.findall(name))


def fits(label: str, name: str) -> bool:
    """Tell whether two names are one name in different spelling or word order.

    >>> fits("steroid", "Steroids"), fits("CANDLE", "CANDLE syndrome")
    (True, True)
    >>> fits("skin", "skin disease"), fits("growth failure", "growth disorder")
    (False, False)
    """
    if key(label) == key(name) != "":
        return True
    said, named = words(label), words(name)
    if said and said == named:
        return True
    return _is_acronym(label) and said == named - _variants().heads


def _is_acronym(label: str) -> bool:
    return " " not in label and sum(letter.isupper() for letter in label) >= 2


def fits_any(label: str, names: Iterable[str]) -> str | None:
    """Return the first of the names that the label fits."""
    return next((name for name in names if fits(label, name)), None)


def coverage(label: str, names: Iterable[str]) -> float:
    """Return the greatest share of the label's telling words that one of the names has.

    >>> coverage("corticosteroid", ["citrate synthase"]), coverage("skin lesions", ["skin disease"])
    (0.0, 1.0)
    """
    said = telling(label)
    if not said:
        return 0.0
    return max((len(said & words(name)) / len(said) for name in names), default=0.0)


def related(label: str, names: Iterable[str]) -> bool:
    """Tell whether a word of the label and a word of a name grow from one root.

    >>> related("vasculopathic", ["Vascular Diseases"]), related("corticosteroid", ["Steroids"])
    (True, True)
    >>> related("adalimumab", ["tofacitinib"])
    False
    """
    said = telling(label)
    return any(one_root(word, other) for name in names for other in telling(name) for word in said)


def _salt(word: str) -> str:
    """Return the name of a salt for that of its acid: the acid of a malate is malic."""
    return word[:-2] + "ate" if word.endswith("ic") else word


def one_root(word: str, other: str) -> bool:
    """Tell whether two words begin alike, or one stands in the other; short ones must be equal.

    >>> one_root("malate", "malic"), one_root("maleic", "malic")
    (True, False)
    """
    if _salt(word) == _salt(other):
        return True
    shorter = min(word, other, key=len)
    if len(shorter) < 5:
        return word == other
    return word[:5] == other[:5] or (shorter in word and shorter in other)
