"""One function for each kind of fault: what to write in place of a right id, if it is possible."""

import re
from collections.abc import Callable, Iterable

from benchmarks.lint.faults import Bench, Change, Group, Kind
from benchmarks.lint.sheets import Block, Item
from exporter.model.identifiers import EntityId
from exporter.ontologies.names import name_key

Maker = Callable[[Group, Bench], Change | None]

_HUMAN = re.compile(
    r"\b(?:patients?|humans?|wom[ae]n|men|child(?:ren)?|infants?|boys?|girls?)\b", re.I
)
_OTHERS = re.compile(
    r"\b(?:m(?:ouse|ice)|murine|rats?|zebrafish|drosophila|fl(?:y|ies)|yeast|bovine|porcine|"
    r"chick(?:en)?s?|xenopus|elegans|rabbits?|pigs?|hamsters?|dogs?|monkeys?)\b",
    re.I,
)
_ANIMALS = re.compile(r"\b(?:m(?:ouse|ice)|murine|rats?)\b", re.I)
_OF_A_GENE = re.compile(r"\s(?:genes?|loc(?:us|i)|alleles?|mutations?|proteins?|mRNA|promoter)\b")
_SHORT = re.compile(r"[A-Z][A-Z0-9-]{1,5}")
_ANTIBODY_WORDS = (
    ("anti-", " antibodies"),
    ("anti-", " autoantibodies"),
    ("autoantibodies against ", ""),
    ("antibodies to ", ""),
    ("", " antibodies"),
    ("", "-IgG"),
)
# In a list, or before another noun, words about antibodies would be about other things too.
_LISTED_BEFORE = re.compile(r"(?:[,;/(\[+&-]|\b(?:and|or|anti|as))\s*$", re.I)
_ENDS_ITS_PHRASE = re.compile(
    r"\.(?:\s|$)|\s(?:is|are|was|were|in|on|at|by|for|during|after|from|than|did|has|have|had|may|can"
    r"|could|which|that|when|while|[a-z]{2,}ed)\s|,\s(?:which|whereas|while)\s"
)
_UNKNOWN = ("GENECARDS:G", "MEDDRA_PT:10", "LOCALVOC:", "BIOVOC:00", "KNOWNDB:K")


def knows_truth(group: Group, bench: Bench) -> bool:
    """Tell whether the installed ontologies know the label, or what it is short for, as the truth.

    Only then can anybody who knows no more than they do see that another id is wrong.
    """
    if bench.concepts.is_named(group.label, group.stated):
        return True
    meant = _explained(group.label, group.text) if _SHORT.fullmatch(group.label) else None
    return meant is not None and bench.concepts.is_named(meant, group.stated)


def swapped(group: Group, bench: Bench) -> Change | None:
    """Give the id of another concept of the same type from the same corpora."""
    pool = bench.ids.get((group.category, group.stated.prefix), ())
    for _ in range(8 if pool else 0):
        other = bench.chance.choice(pool)
        if not bench.concepts.are_kin(other, group.stated) and other != group.stated:
            seeable = knows_truth(group, bench) and bench.concepts.is_known(other)
            return Change(fault=other, written=_as_in_file(other), seeable=seeable)
    return None


def parent(group: Group, bench: Bench) -> Change | None:
    """Give the id of what is directly above, if the label is no name of that."""
    core = bench.concepts.core(group.stated)
    above = bench.concepts.ontologies.parents(core) if core else ()
    return _kin(group, bench, above)


def child(group: Group, bench: Bench) -> Change | None:
    """Give the id of something directly below, if the label is no name of that."""
    core = bench.concepts.core(group.stated)
    return _kin(group, bench, bench.concepts.children.get(core, ()) if core else ())


def _kin(group: Group, bench: Bench, found: Iterable[EntityId]) -> Change | None:
    concepts = bench.concepts
    if group.category not in {"disease", "chemical"}:
        return None
    other = [each for each in found if not concepts.is_named(group.label, each)]
    if not other:
        return None
    fault = concepts.written_in(group.stated.prefix, bench.chance.choice(other))
    if fault == group.stated:
        return None
    seeable = knows_truth(group, bench)
    return Change(fault=fault, written=_as_in_file(fault), seeable=seeable)


def antibody(group: Group, bench: Bench) -> Change | None:
    """Write of antibodies against the product of a human gene, and leave the gene's id."""
    if group.category != "gene" or not bench.concepts.is_known(group.stated):
        return None
    places = [n for n, (block, item) in enumerate(group.items) if _stands_alone(block, item)]
    if not places:
        return None
    return Change(
        fault=group.stated,
        written=group.items[0][1].written,
        around=bench.chance.choice(_ANTIBODY_WORDS),
        mention=places[0],
        seeable=knows_truth(group, bench),
    )


def _stands_alone(block: Block, item: Item) -> bool:
    before, after = block.text[: item.start], block.text[item.end :]
    return not _LISTED_BEFORE.search(before) and _ENDS_ITS_PHRASE.match(after) is not None


def abbreviation(group: Group, bench: Bench) -> Change | None:
    """Give a short form that the paper explains the id of a gene, or disease, of the same name."""
    label = group.label
    if any(_OF_A_GENE.match(block.text[item.end :]) for block, item in group.items):
        return None
    meant = _explained(label, group.text) if _SHORT.fullmatch(label) else None
    if meant is None:
        return None
    to_gene = group.category in {"disease", "chemical"}
    prefix, type_ = ("NCBIGene", "Gene") if to_gene else ("MONDO", "Disease")
    if group.category not in {"disease", "chemical", "gene"}:
        return None
    bearers = [
        each
        for each in dict.fromkeys(bench.concepts.bearers(label, prefix))
        if not _means(meant, bench.concepts.names(each)) and each != group.stated
    ]
    if not bearers:
        return None
    fault = bench.chance.choice(bearers)
    return Change(fault=fault, written=_as_in_file(fault), type=type_)


def obsolete(group: Group, bench: Bench) -> Change | None:
    """Give an id that is no longer in force and that the right one stands for."""
    core = bench.concepts.core(group.stated)
    formers = bench.concepts.formers.get(core, ()) if core else ()
    if not formers:
        return None
    fault = bench.chance.choice(formers)
    return Change(fault=fault, written=_as_in_file(fault))


def species(group: Group, bench: Bench) -> Change | None:
    """Give the gene of another species: an animal's in a paper on people, or the other way."""
    if group.category != "gene":
        return None
    concepts, key = bench.concepts, name_key(group.label)
    if concepts.is_known(group.stated):
        if _OTHERS.search(group.text) or not _HUMAN.search(group.text):
            return None
        found = [each for each in bench.other_species.get(key, ()) if each != group.stated]
    else:
        if _HUMAN.search(group.text) or not _ANIMALS.search(group.text):
            return None
        found = [each.id for each in concepts.ontologies.named(group.label)]
        found = [each for each in found if each.prefix == "NCBIGene"]
    if not found:
        return None
    fault = bench.chance.choice(found)
    seeable = knows_truth(group, bench) or not concepts.is_known(group.stated)
    return Change(fault=fault, written=_as_in_file(fault), seeable=seeable)


def malformed(group: Group, bench: Bench) -> Change | None:
    """Spoil the id: a digit lost or doubled, a letter for a digit."""
    local = group.stated.local
    place = bench.chance.randrange(1, len(local)) if len(local) > 1 else 0
    curie = f"{group.stated.prefix}:"
    spoilt = {
        "letter": f"{local[:place]}O{local[place + 1 :]}",
        "lost": f"{curie}{local[:place]}{local[place + 1 :]}",
        "doubled": f"{curie}{local[: place + 1]}{local[place:]}",
    }
    fixed_length = group.stated.prefix in {"MESH", "MONDO", "HP", "OMIM"}
    how = bench.chance.choice(list(spoilt)) if fixed_length else "letter"
    written = spoilt[how]
    return None if written.isdigit() else Change(fault=None, written=written)


def namespace(group: Group, bench: Bench) -> Change | None:
    """Write an id of a namespace that nobody knows."""
    prefix = bench.chance.choice(_UNKNOWN)
    return Change(fault=None, written=f"{prefix}{bench.chance.randrange(1000, 9999)}")


MAKERS: dict[Kind, Maker] = {
    Kind.SWAPPED: swapped,
    Kind.PARENT: parent,
    Kind.CHILD: child,
    Kind.ANTIBODY: antibody,
    Kind.ABBREVIATION: abbreviation,
    Kind.OBSOLETE: obsolete,
    Kind.SPECIES: species,
    Kind.MALFORMED: malformed,
    Kind.NAMESPACE: namespace,
}


def _as_in_file(entity: EntityId) -> str:
    bare = entity.prefix in {"MESH", "NCBIGene", "OMIM", "NCBITaxon"}
    return entity.local if bare else entity.curie


def _explained(short: str, text: str) -> str | None:
    """Return the words before a short form in brackets that begin with its first letter."""
    match = re.search(rf"((?:[\w'/-]+\s+){{1,8}})\({re.escape(short)}s?\)", text)
    if match is None:
        return None
    words = match[1].split()
    most = len([letter for letter in short if letter.isalpha()]) + 1
    for size in range(1, min(most, len(words)) + 1):
        if words[-size][0].casefold() == short[0].casefold() and size > 1:
            return " ".join(words[-size:])
    return None


def _means(meant: str, names: Iterable[str]) -> bool:
    """Tell whether any of the words that are meant stands in a name: then it may be the same."""
    words = [name_key(word) for word in meant.split() if len(word) > 3]
    return any(word in name for name in names for word in words)
