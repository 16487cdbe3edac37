"""How a label stands to its id: a name of it, a name of something else, or none that is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from exporter.model.findings import Level
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Naming, Ontologies
from exporter.ontologies.terms import Scope, Term
from exporter.sources._case_names import (
    Words,
    antigen_words,
    antigens_of,
    findings_against,
    folded,
    names_of,
    namings_of,
    same_things,
    spellings,
    tells_of_test,
)
from exporter.sources._case_spelling import nearly

# What one field may hold side by side is one kind; vocabularies of everything are each their own.
_KINDS = {"Drug": "ChemicalEntity", "GeneFamily": "Gene", "Protein": "Gene"}
_ANYTHING = "NamedThing"
_OTHER_NAMES = {Scope.PREVIOUS, Scope.ALIAS}
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Why a label does not fit its id, how grave that is, and what to do."""

    level: Level
    message: str
    hint: str


def misfit(
    label: str, entity: EntityId, ontologies: Ontologies, *, is_test: bool = False
) -> Misfit | None:
    """Return what is wrong with a label of an id; None where it fits or nothing is known.

    It is an error where the label is an exact name of another concept of the same kind.
    """
    same = same_things(entity, ontologies)
    own = [term for each in same if (term := ontologies.get(each)) and not term.obsolete]
    is_test = is_test or tells_of_test(label)
    if not own or _fits(label, own, is_test=is_test):
        return None
    namings = namings_of(label, ontologies, is_test=is_test)
    if any(ontologies.replacement(each.term.id) in same for each in namings):
        return None
    live = [each for each in namings if not each.term.obsolete]
    rivals = _Rivals.of(live, same, ontologies)
    if is_test and not rivals.exact and _is_part(label, own):
        return None
    return _judged(label, own, entity, rivals)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rivals:
    """What else a label names: of the same kind exactly or by another name, and all there is."""

    exact: list[Term]
    otherwise: list[Term]
    every: list[Term]

    @classmethod
    def of(
        cls, namings: list[Naming], same: tuple[EntityId, ...], ontologies: Ontologies
    ) -> "_Rivals":
        order = [same[0].prefix, *(each.prefix for each in ontologies.namespaces)]
        namings = sorted(namings, key=lambda each: order.index(each.term.id.prefix))
        rivals = [] if any(each.term.id in same for each in namings) else namings
        rivals = [each for each in rivals if _is_rival(each.term.id, same, ontologies)]
        return cls(
            exact=[each.term for each in rivals if each.name.scope is Scope.EXACT],
            otherwise=[each.term for each in rivals if each.name.scope in _OTHER_NAMES],
            every=[each.term for each in namings if each.term.id not in same],
        )


def _judged(label: str, own: list[Term], entity: EntityId, rivals: _Rivals) -> Misfit:
    called = own[0].label
    against = f"the label is {label!r}, but {entity} is {called!r}"
    if rivals.exact:
        hint = f"{label!r} is {_listed(rivals.exact)}: correct the id or the label"
        return Misfit(level=Level.ERROR, message=against, hint=hint)
    if rivals.otherwise:
        hint = f"{label!r} is another name of {_listed(rivals.otherwise)}: is this meant?"
        return Misfit(level=Level.WARNING, message=against, hint=hint)
    meant = nearly(label, (name for term in own for name in names_of(term)))
    if meant and not rivals.every:
        message = f"{label!r} is no name of {entity} ({called}), but nearly one"
        return Misfit(level=Level.WARNING, message=message, hint=f"write {meant!r}, if it is meant")
    return Misfit(
        level=Level.NOTE,
        message=f"{label!r} is no name of {entity} that is installed: it is {called!r}",
        hint=f"{label!r} is a name of {_listed(rivals.every)}" if rivals.every else "",
    )


def _fits(label: str, own: Iterable[Term], *, is_test: bool) -> bool:
    keys = {folded(spelling) for spelling in spellings(label)}
    words = [antigen_words(spelling) for spelling in spellings(label)] if is_test else []
    return any(
        not keys.isdisjoint(folded(name) for name in names_of(term))
        or any(_same(one, known) for one in words for known in antigens_of(term))
        for term in own
    )


def _is_part(label: str, own: Iterable[Term]) -> bool:
    """Tell whether a label adds to the antigen of a finding, as ``Mi2-alpha`` does to ``Mi2``."""
    words = antigen_words(label)
    return any(words[: len(known)] == known for term in own for known in antigens_of(term))


def _is_rival(other: EntityId, same: tuple[EntityId, ...], ontologies: Ontologies) -> bool:
    """Tell whether another id is of the same kind and no mapping brings the two together."""
    others = same_things(other, ontologies)
    near = {row.object for each in same for row in ontologies.mappings_from(each)}
    return not near & {*others} and not _kinds(same, ontologies).isdisjoint(
        _kinds(others, ontologies)
    )


def _kinds(entities: Iterable[EntityId], ontologies: Ontologies) -> set[str]:
    categories = ((each.prefix, ontologies.namespaces.of(each).category) for each in entities)
    return {
        prefix if category == _ANYTHING else _KINDS.get(category, category)
        for prefix, category in categories
    }


def _listed(terms: Iterable[Term]) -> str:
    """Write the first terms, of one vocabulary only: others have the same things again."""
    distinct = list({term.id: term for term in terms}.values())
    distinct = [term for term in distinct if term.id.prefix == distinct[0].id.prefix][:_SHOWN]
    return " or ".join(f"{term.id} ({term.label})" for term in distinct)


def antibody_misfit(antigen: EntityId, finding: EntityId, ontologies: Ontologies) -> Misfit | None:
    """Return the error where an antigen is that of another antibody finding and not of this."""
    gene, own = ontologies.get(antigen), ontologies.get(finding)
    if gene is None or own is None or own.obsolete:
        return None
    known = antigens_of(own)
    others = findings_against(gene, ontologies)
    names = {antigen_words(name) for name in names_of(gene)}
    near = any(_related(name, each) for name in names for each in known)
    near = near or any(_akin(other, known) for other in others)
    if near or not others or own in others:
        return None
    message = f"the antigen is {gene.label!r}, but {finding} is {own.label!r}"
    hint = f"antibodies against {gene.label} are {_listed(others)}: correct the id or the antigen"
    return Misfit(level=Level.ERROR, message=message, hint=hint)


def _akin(other: Term, known: set[Words]) -> bool:
    return any(_related(words, each) for words in antigens_of(other) for each in known)


def _same(one: Words, other: Words) -> bool:
    return "".join(one) == "".join(other)


def _related(one: Words, other: Words) -> bool:
    """Tell whether one antigen is the other or a part of it, as ``SAE 2`` is of ``SAE``."""
    shorter, longer = sorted((one, other), key=len)
    return _same(one, other) or (bool(shorter) and longer[: len(shorter)] == shorter)
