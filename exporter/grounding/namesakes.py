"""Genes that share a short name with a disease: whether a text ever speaks of the gene."""

import re
from collections.abc import Iterator

from exporter.grounding.signs import Signs
from exporter.grounding.stock import Stock
from exporter.grounding.tables import kind_of
from exporter.model.document import Annotation, Text
from exporter.model.identifiers import EntityId
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope

_FURTHER = frozenset({Scope.ALIAS, Scope.PREVIOUS})
_SHORTEST = 3
_LONGEST_SYMBOL = 8
_THING = (
    r"(?:genes?|gene products?|locus|loci|alleles?|proteins?|m?rnas?|cdnas?|transcripts?|promoter"
    r"|isoforms?|exons?|introns?|codons?|expression|mutations?|mutants?|variants?|polymorphisms?"
    r"|deletions?|duplications?|genotypes?|haplotypes?|knock-?outs?|knock-?downs?|null|deficient)"
)
_AFTER = re.compile(rf"\)?[\s/-]{{0,2}}(?:\w+\s)?{_THING}\b|[\s(]*[-+]/[-+]|[\s:]+[cpg]\.", re.I)
_BEFORE = re.compile(
    rf"\b{_THING}\s(?:\w+\s)?(?:(?:in|of|for|at|on|within)\s)?(?:both\s|the\s|human\s)*\(?$", re.I
)
_AROUND = 40


def with_namesake(signs: Signs, annotation: Annotation, text: Text, stock: Stock) -> Signs:
    """Return the signs of a gene with the disease that its label means all over the text.

    The text explains the label by a name of the disease, the gene only has it as a further name,
    and no place has another name of the gene, or speaks of a gene, a protein or a variant.
    """
    gene, label = annotation.stated, annotation.label
    if gene is None or not _is_further_name(label, gene, stock):
        return signs
    disease = disease_called(signs.long, stock)
    if disease is None or _is_spoken_of(gene, signs.long, annotation, text, stock):
        return signs
    return signs._replace(disease=disease)


def disease_called(name: str, stock: Stock) -> EntityId | None:
    """Return the first live disease of which this is an exact name."""
    target = kind_of("disease").targets[0]
    named = (each for each, scope in stock.named(name) if scope is Scope.EXACT)
    return next((each for each in named if each.prefix == target and stock.is_live(each)), None)


def _is_further_name(label: str, gene: EntityId, stock: Stock) -> bool:
    scopes = {scope for each, scope in stock.named(label) if each == gene}
    return bool(scopes) and scopes <= _FURTHER


def _is_spoken_of(
    gene: EntityId, long: str, annotation: Annotation, text: Text, stock: Stock
) -> bool:
    """Tell whether a place has another name of the gene, or the word gene beside its label."""
    said = {name_key(annotation.label), name_key(long)}
    noted = (each.label for each in text.annotations if each.stated == gene)
    if any(name_key(each) not in said for each in noted):
        return True
    others = [name for name in stock.names(gene) if name_key(name) not in said]
    content = text.content
    rest = re.sub(re.escape(long), " ", content, flags=re.IGNORECASE)
    if any(len(name) >= _SHORTEST and _stands(name, rest) for name in others):
        return True
    return any(_is_as_gene(*around) for around in _places((annotation.label, long), content))


def _stands(name: str, content: str) -> bool:
    """Tell whether a name stands in a text; a symbol in its own spelling."""
    is_long = len(name) > _LONGEST_SYMBOL
    plain, where = (name.casefold(), content.casefold()) if is_long else (name, content)
    return plain in where and bool(re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", where))


def _is_as_gene(before: str, after: str) -> bool:
    return bool(_AFTER.match(after) or _BEFORE.search(before))


def _places(names: tuple[str, ...], content: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each place of some names."""
    for name in names:
        for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", content):
            start, end = place.span()
            yield content[max(0, start - _AROUND) : start], content[end : end + _AROUND]
