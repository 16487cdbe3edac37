"""Which concept a name means in its text where no id is given, or why that is not decided.

A name is weighed by its scope, then by the order of the kind's vocabularies: a concept's own label
or exact name before a symbol of former days, an alias or a related name, MONDO before HP. What a
short form means is what its text says; a gene is of the species that its text speaks of.
"""

import re
from typing import NamedTuple

from exporter.grounding.fit import fit_of, is_akin
from exporter.grounding.placement import Placement
from exporter.grounding.spelling import coverage, label_keys, singular
from exporter.grounding.stock import Stock
from exporter.grounding.tables import Kind, species
from exporter.model.grounding import Candidate
from exporter.model.identifiers import EntityId
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope

_LEVELS = {"exact": 3, "previous": 2, "alias": 2, "related": 1, "broad": 0, "narrow": 0}
_LEVELS_OF_GENES = {**_LEVELS, "related": 2}
_ELSEWHERE = 0.9
_INDUCED = "induced"
_CAUSES = ("drug", "substance")
_TELLING = 4
_LEAST = 3
_NOT_TOLD_APART = re.compile(r"[\s-]")


class Choice(NamedTuple):
    """What a name means, or in ``doubt`` why nobody can tell; all that was weighed, best first."""

    candidate: Candidate | None
    weighed: tuple[Candidate, ...]
    doubt: str = ""


def choice(placement: Placement) -> Choice:
    """Return what the label of an annotation without an id means, as far as its text decides."""
    if placement.kind.category == "gene":
        return _gene(placement)
    if placement.kind.category in {"chemical", "disease"}:
        return _thing(placement)
    return _named(placement.label, placement)


def _thing(placement: Placement) -> Choice:
    """Choose a chemical or a disease."""
    label, long = placement.label, placement.signs.long
    doubt = _doubt_of_cause(long or label, placement)
    if long and not doubt:
        return _explained(placement)
    found = _named(long or label, placement)
    if doubt:
        return Choice(None, found.weighed, doubt)
    if found.candidate and placement.is_short and not _bears(placement, found.candidate):
        doubt = f"{label!r} is short for many things, and the text does not say for what"
        return Choice(None, found.weighed, doubt)
    return found


def _doubt_of_cause(name: str, placement: Placement) -> str:
    """Return why a disease may be the one that medicines induce, which has a name of its own."""
    if not placement.signs.induced:
        return ""
    told = (f"{cause}-{_INDUCED} {form}" for form in (name, singular(name)) for cause in _CAUSES)
    own = next((each for each in told if placement.stock.named(each)), "")
    return f"the text speaks of what is induced, and {own!r} is another" if own else ""


def _bears(placement: Placement, candidate: Candidate) -> bool:
    """Tell whether a short form is a concept's own label, or long enough to mean one thing."""
    return placement.is_label_of(candidate.concept) or len(placement.label) >= _TELLING


def _explained(placement: Placement) -> Choice:
    """Choose what the text says that the label is short for, or what that is akin to."""
    long = placement.signs.long
    spelt = _named(long, placement)
    if spelt.candidate:
        return spelt
    plain = _named(placement.label, placement)
    weighed = (*spelt.weighed, *plain.weighed)
    concept = plain.candidate.concept if plain.candidate else None
    if concept and _agrees(long, concept, placement):
        return plain
    return Choice(None, weighed, f"the text says that {placement.label!r} is short for {long!r}")


def _agrees(long: str, concept: EntityId, placement: Placement) -> bool:
    """Tell whether a long form fits a name of a concept; names of chemicals are all akin."""
    if fit_of(long, (concept,), placement.stock):
        return True
    return placement.kind.category != "chemical" and is_akin(long, concept, placement.stock)


def _gene(placement: Placement) -> Choice:
    """Choose a gene, unless the text speaks of other species or of another long form."""
    label, long, stock = placement.label, placement.signs.long, placement.stock
    forms = (label, _without_species(label), long, _without_species(long))
    every = (_named(form, placement) for form in forms if form)
    found = next((each for each in every if each.weighed), Choice(None, ()))
    candidate = found.candidate
    if candidate is None:
        return found
    concept = candidate.concept
    if long and not (_agrees(long, concept, placement) or coverage(long, stock.names(concept))):
        doubt = f"the text says that {label!r} is short for {long!r}"
    elif len(label) < _LEAST and not long and not placement.is_label_of(concept):
        doubt = f"{label!r} is short for many things, and the text does not say for what"
    else:
        doubt = _doubt_of_family(placement, concept) or _doubt_of_species(placement, concept)
    return Choice(None, found.weighed, doubt) if doubt else found


def _doubt_of_family(placement: Placement, gene: EntityId) -> str:
    """Return which family with this gene a name means, too, if it is not the gene's own symbol."""
    if placement.is_label_of(gene):
        return ""
    of = placement.stock.families_of(placement.label, gene)
    return f"the family {placement.called(of[0])} is called so, too" if of else ""


def _doubt_of_species(placement: Placement, gene: EntityId) -> str:
    """Return why a gene may be that of another species; nothing if the text decides for it."""
    taxon, named = placement.stock.taxon(gene), placement.signs.species
    if taxon is None or named == (taxon,) or _says_species(placement, taxon):
        return ""
    if named and placement.signs.near != taxon:
        others = ", ".join(placement.called(each) for each in named if each != taxon)
        return f"the text speaks of {others}, and the gene of each species is another"
    if _is_spelt_otherwise(placement.label, placement.stock.names(gene)):
        return f"{placement.label!r} is spelt as genes of animals are, and nothing says otherwise"
    return ""


def _says_species(placement: Placement, taxon: EntityId) -> bool:
    """Tell whether the label or its long form names a species."""
    said = f"{placement.label} {placement.signs.long}".casefold().split()
    return any(name.casefold() in said for name in species().get(taxon, ()))


def _without_species(name: str) -> str:
    """Return a name without the name of a species before it: ``human IL-10``, ``IL-10``."""
    first, _, rest = name.partition(" ")
    named = (each for names in species().values() for each in names)
    return rest if rest and first.casefold() in named else name


def _is_spelt_otherwise(label: str, names: tuple[str, ...]) -> bool:
    """Tell whether a symbol of capitals is written in small letters."""
    same = [name for name in names if name_key(name) in label_keys(label)]
    if any(" " in name or name.islower() for name in same):
        return False
    letters = {_NOT_TOLD_APART.sub("", name) for name in same}
    return bool(letters) and not any(
        _NOT_TOLD_APART.sub("", label).removesuffix(end) in letters for end in ("", "s")
    )


def _named(name: str, placement: Placement) -> Choice:
    """Choose the one concept that a name is nearest to, in the first vocabulary that has any."""
    kind, stock = placement.kind, placement.stock
    levels = _LEVELS_OF_GENES if kind.category == "gene" else _LEVELS
    weighed = stock.candidates(name, kind)
    level = max((levels[each.scope] for each in weighed), default=0)
    best = [each for each in weighed if levels[each.scope] == level]
    first = min((kind.targets.index(each.concept.prefix) for each in best), default=0)
    best = [each for each in best if each.concept.prefix == kind.targets[first]]
    found = _one_of(best, name, stock)
    if level < _LEVELS["exact"] and kind.category in {"chemical", "disease"}:
        led = _named_elsewhere(name, kind, stock)
        if led:
            rest = (each for each in weighed if each.concept != led.concept)
            return Choice(led, (led, *rest))
    if found or not best:
        return Choice(found, weighed)
    return Choice(None, weighed, f"{name!r} is a name of several")


def _one_of(best: list[Candidate], name: str, stock: Stock) -> Candidate | None:
    """Return the only one, or the only one that has the name as label, or as it is written.

    Of species the one that papers speak of most.
    """
    best = [each for each in best if each.concept in species()] or best
    if len(best) < 2:
        return best[0] if best else None
    keys = label_keys(name)
    labelled = [c for c in best if any(name_key(n) in keys for n in stock.names(c.concept)[:1])]
    if len(labelled) == 1:
        return labelled[0]
    written = [each for each in best if name_key(name) in stock.keys(each.concept)]
    return written[0] if len(written) == 1 else None


def _named_elsewhere(name: str, kind: Kind, stock: Stock) -> Candidate | None:
    """Return the one concept that is exactly what a name means in a vocabulary of another kind."""
    found: dict[EntityId, None] = {}
    for entity, scope in stock.named(name):
        if scope is Scope.EXACT and entity.prefix not in kind.targets:
            found.update(dict.fromkeys(stock.resolved(entity, kind).exact))
    live = [each for each in found if each.prefix in kind.targets and stock.is_live(each)]
    first = min((kind.targets.index(each.prefix) for each in live), default=0)
    live = [each for each in live if each.prefix == kind.targets[first]]
    if len(live) != 1:
        return None
    version = stock.ontologies.release_of(live[0])
    return Candidate(concept=live[0], name=name, scope="exact", score=_ELSEWHERE, version=version)
