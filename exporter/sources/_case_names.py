"""Names of concepts as curators write them: plurals, and antibodies by what they are against."""

import re
from collections.abc import Iterator
from itertools import product

from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Naming, Ontologies
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope, Term

_OF_A_TEST = re.compile(r"antibod|positiv", re.IGNORECASE)
_NOT_THE_ANTIGEN = re.compile(
    r"\b(?:positiv(?:e|ity)|(?:auto)?antibod(?:y|ies)|tests?|levels?|tit(?:re|er)s?)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SINGULAR_ENDS = ("ss", "us", "is")
_FINDINGS = ("antibody positivity", "antibody positive", "antibody", "antibodies")
_RESULTS = (*_FINDINGS, "positivity", "positive")
_PHENOTYPE = "PhenotypicFeature"
# Parts of "Th/To" or "1/2" are too short to be told from those of others.
_SHORTEST_PART = 3
Words = tuple[str, ...]


def folded(name: str) -> str:
    """Return one spelling for singular and plural of a name."""
    return name_key(_singular(name))


def _singular(name: str) -> str:
    return " ".join(
        word[:-1]
        if len(word) > len("its") and word[-1] in "sS" and not word.lower().endswith(_SINGULAR_ENDS)
        else word
        for word in name.split()
    )


def spellings(label: str) -> tuple[str, ...]:
    """Return a label as it stands and without what it adds in brackets, as in ``rash (skin)``."""
    bare = _IN_BRACKETS.sub(" ", label).strip()
    return (label, bare) if bare and bare != label else (label,)


def tells_of_test(name: str) -> bool:
    """Tell whether a name is that of a test or its result, as in ``anti-Jo-1 antibody``."""
    return _OF_A_TEST.search(name) is not None


def antigen_words(name: str) -> Words:
    """Return the words of what an antibody is against, letters and digits apart.

    >>> antigen_words("Anti-Mi2 antibody positivity")
    ('mi', '2')
    """
    words = [name_key(word) for word in _WORD.findall(_NOT_THE_ANTIGEN.sub(" ", name))]
    if words and words[0].startswith("anti"):
        words[0] = words[0].removeprefix("anti")
    return tuple(word for word in words if word)


def antigens_of(term: Term) -> set[Words]:
    """Return what an antibody finding is about: ``Ro52/TRIM21`` is about each of the two."""
    found = set()
    for name in (name for name in names_of(term) if tells_of_test(name)):
        parts = [antigen_words(part) for part in name.split("/")]
        named = (part for part in parts if len("".join(part)) >= _SHORTEST_PART)
        found |= {antigen_words(name), *(part for part in named if not "".join(part).isdigit())}
    return found - {()}


def names_of(term: Term) -> Iterator[str]:
    """Yield the names that mean the term itself, none that is broader or narrower."""
    yield term.label
    for name in term.synonyms:
        if name.scope not in {Scope.BROAD, Scope.NARROW}:
            yield name.text


def namings_of(label: str, ontologies: Ontologies, *, is_test: bool) -> tuple[Naming, ...]:
    """Return every term that a label names, as it stands or in the form of ontologies."""
    found: list[Naming] = []
    for spelling in spellings(label):
        for name in (spelling, _singular(spelling), f"{spelling}s"):
            found += ontologies.namings(name)
        if is_test:
            found += _findings_against(antigen_words(spelling), _RESULTS, ontologies)
    return tuple({(each.term.id, each.name.scope): each for each in found}.values())


def findings_against(antigen: Term, ontologies: Ontologies) -> tuple[Term, ...]:
    """Return the findings of antibodies that are called after an antigen, by any of its names."""
    every = {antigen_words(name): None for name in names_of(antigen)}
    found = [n.term for words in every for n in _findings_against(words, _FINDINGS, ontologies)]
    return tuple({term.id: term for term in found}.values())


def _findings_against(words: Words, forms: Words, ontologies: Ontologies) -> Iterator[Naming]:
    antigen = "".join(words)
    for prefix, form in product(("anti", ""), forms if antigen else ()):
        for naming in ontologies.namings(f"{prefix}{antigen} {form}"):
            if _is_live_finding(naming.term, ontologies) and naming.name.scope is Scope.EXACT:
                yield naming


def _is_live_finding(term: Term, ontologies: Ontologies) -> bool:
    return not term.obsolete and ontologies.namespaces.of(term.id).category == _PHENOTYPE


def same_things(entity: EntityId, ontologies: Ontologies) -> tuple[EntityId, ...]:
    """Return an id and those that stand for exactly the same in other vocabularies."""
    rows = ontologies.mappings_from(entity)
    return (entity, *(row.object for row in rows if row.predicate == "skos:exactMatch"))
