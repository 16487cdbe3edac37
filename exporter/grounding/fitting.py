"""Whether what an annotator calls a thing fits what the id is called."""

from collections.abc import Iterable

from exporter.grounding.context import Context
from exporter.grounding.spelling import coverage, fits_any, telling
from exporter.grounding.tables import stems
from exporter.model.identifiers import EntityId

_NEARLY_ALL = 0.75


def fitting_name(context: Context) -> str | None:
    """Return the name of the id that the label, or else its gloss, fits; None if there is none."""
    for name in context.known_names:
        if context.means(name):
            return name
    return _fitting_gloss(context) or shared_alias(context)


def _fitting_gloss(context: Context) -> str | None:
    gloss = context.annotation.gloss
    if context.kind.category == "species":
        gloss = gloss.partition(",")[0]
    return next((name for name in context.names if gloss and same_name(gloss, name)), None)


def same_name(gloss: str, name: str) -> bool:
    """Tell whether two full names differ by a small part of their words at most.

    >>> same_name("signal transducer and activator of transcription 1",
    ...           "signal transducer and activator of transcription 1, 91kDa")
    True
    >>> same_name("Janus kinase 1", "Janus kinase 2")
    False
    """
    if fits_any(gloss, [name]):
        return True
    both = (coverage(gloss, [name]), coverage(name, [gloss]))
    return min(both) >= _NEARLY_ALL and _numbers(gloss) <= _numbers(name)


def _numbers(name: str) -> frozenset[str]:
    return frozenset(word for word in telling(name) if word.isdigit() or len(word) == 1)


def has_full_name(context: Context) -> bool:
    """Tell whether the gloss is a full name of the gene, not its symbol again."""
    gloss = context.annotation.gloss
    return any(same_name(gloss, name) for name in context.names[1:] if gloss)


def shared_alias(context: Context) -> str | None:
    """Return a name that the annotator's aliases share with the id, if two or more do."""
    found = (fits_any(alias, context.names) for alias in context.annotation.aliases)
    shared = list(dict.fromkeys(name for name in found if name))
    return shared[0] if len(shared) >= 2 else None


def confirms(context: Context) -> bool:
    """Tell whether the names bear out the mapping: concept and label, or concept and stated id."""
    if not context.resolution.mappings:
        return True
    if any(context.means(name) for name in context.names):
        return True
    stated = context.stated_names[:1]
    alike = any(telling(name) == telling(context.names[0]) for name in stated if context.names)
    return alike or any(fits_any(name, context.names) for name in stated)


def added_words(context: Context) -> frozenset[str]:
    """Return the words by which the concept's label says more than the label or the stated id.

    Extra words count if all else is the same, as in ``hereditary endocrine growth disease``
    against ``growth disorders``; if no name bears the mapping out, one common word is enough.
    """
    if not context.names or context.means(context.names[0]):
        return frozenset()
    says = telling(context.names[0])
    if any(telling(name) == says for name in context.stated_names[:1]):
        return frozenset()
    bases = [telling(name) for name in (*context.wordings, *context.stated_names[:1])]
    added = [says - base for base in bases if base and base < says]
    if not confirms(context):
        added += [says - base for base in bases if base & says]
    return frozenset().union(*added)


def proposed_by_name(context: Context) -> EntityId | None:
    """Return the one concept that the label names, where a stated id leads nowhere.

    Of genes none is proposed: other species have genes of the same name, and the id may be theirs.
    """
    named = context.resolution.named
    return named[0] if len(named) == 1 and context.kind.category != "gene" else None


def is_other_medicine(label: str, names: Iterable[str]) -> bool:
    """Tell whether label and names are nonproprietary names of different medicines.

    Such a name is given once, to one substance, and its ending says of which kind.

    >>> is_other_medicine("adalimumab", ["tofacitinib"]), is_other_medicine("rash", ["exanthem"])
    (True, False)
    """
    return _has_stem(label) and not fits_any(label, names) and any(_has_stem(n) for n in names)


def _has_stem(name: str) -> bool:
    plain = name.casefold()
    return plain.isalpha() and any(plain.endswith(s) and len(plain) > len(s) + 2 for s in stems())


def others_named(context: Context) -> tuple[EntityId, ...]:
    """Return what else the label names in the vocabulary of the concept it is said to be."""
    concept = context.concept
    terms = (term for wording in context.wordings for term in context.ontologies.named(wording))
    live = (term.id for term in terms if not term.obsolete and term.id != concept)
    prefix = concept.prefix if concept else ""
    return tuple(dict.fromkeys(each for each in live if each.prefix == prefix))
