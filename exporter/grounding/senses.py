"""What the names of a gene stand for at each of their places in the prose."""

import re
from functools import cache

from exporter.grounding.antibodies import is_antigen, may_be_result, may_be_serogroup
from exporter.grounding.context import Context, Sense, Use
from exporter.grounding.initials import spells_initials
from exporter.grounding.prose import Occurrence
from exporter.grounding.spelling import coverage, fits, fits_any, is_full_name, key, names_a_product
from exporter.grounding.tables import kind_of
from exporter.model.identifiers import EntityId

_IN_A_DISEASE = re.compile(
    r"^\)?(?:\s\([^()]{1,20}\))?[-\u2010-\u2015\s]\s?(?:associated|related)\s(?:[\w-]+\s){0,2}?"
    r"[\w-]*(?:opath(?:y|ies)|itis|fibrosis|sclerosis|disease|disorder|syndrome)",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=\w)(?:\d{1,3}|alpha|beta|gamma|delta)$")
_HALF = 0.5


def use_of(context: Context) -> Use | None:
    """Return how a gene's names are used in the prose, if nowhere for the gene itself.

    None: at some place the gene is meant, or none of its names stands in the prose. Of several
    uses the first kind of sense is told, best where what it means is a known name.
    """
    if context.kind.category != "gene":
        return None
    if not context.occurrences:
        return _use_of_stem(context) or _use_with_number(context)
    uses = []
    families = cache(context.families_of)
    for place in context.occurrences:
        family = Use(sense=Sense.FAMILY, place=place) if families(place.exact) else None
        uses.append(family or _use_at(place, context))
        if uses[-1].sense is Sense.GENE and not may_be_serogroup(place):
            return None
    antigen = any(use.sense is Sense.ANTIGEN for use in uses)
    told = [use for use in uses if use.sense is not Sense.GENE]
    if len(told) < len(uses) and not antigen:
        return None
    return min(told, key=lambda use: (list(Sense).index(use.sense), not _is_known(use, context)))


def _use_of_stem(context: Context) -> Use | None:
    """Return the use as antigen of a name without its last mark: anti-TIF1 for TIF1-gamma."""
    if context.annotation.mentions:
        return None
    stems = (_MARK.sub("", key(name)) for name in _own_names(context) if _MARK.search(key(name)))
    for stem in dict.fromkeys(stem for stem in stems if len(stem) > 1):
        places = context.reading.prose.occurrences(stem)
        if places and all(_is_antigen(place, context) for place in places):
            return Use(sense=Sense.ANTIGEN, place=places[0])
    return None


def _use_with_number(context: Context) -> Use | None:
    """Return the use of a symbol that stands in the text only with a number, for another thing.

    FEV1 is the forced expiratory volume in one second, and has nothing to do with a gene FEV.
    """
    own = _own_names(context)
    wanted = key(context.label)
    for short, longs in context.reading.abbreviations.said.items():
        plain = key(short)
        numbered = plain.startswith(wanted) and plain[len(wanted) :].isdigit()
        if numbered and len(wanted) > 1 and all(coverage(long, own) == 0 for long in longs):
            places = context.reading.prose.occurrences(short)
            if places and not names_a_product(longs[0]):
                return Use(sense=Sense.OTHER, place=places[0], means=longs[0])
    return None


def _is_known(use: Use, context: Context) -> bool:
    named = context.ontologies.named
    return bool(named(use.means) or named(use.place.exact))


def _use_at(place: Occurrence, context: Context) -> Use:
    if _is_antigen(place, context):
        return Use(sense=Sense.ANTIGEN, place=place)
    if disease := _disease_around(place, context):
        return Use(sense=Sense.DISEASE, place=place, means=disease)
    sense, means = _short_form(place.exact, context)
    return Use(sense=sense, place=place, means=means)


def _is_antigen(place: Occurrence, context: Context) -> bool:
    """Tell whether a place speaks of an antibody by itself, or as a result that the text tells."""
    reading = context.reading
    if is_antigen(place, reading.medicines):
        return True
    known = reading.tells_of_antibodies or context.concept in reading.field.antibodies
    return known and may_be_result(place)


def _disease_around(place: Occurrence, context: Context) -> str:
    """Return the name of a disease that the place is a part of: STING-associated vasculopathy."""
    if inside := _IN_A_DISEASE.search(place.after):
        return f"{place.exact}{inside.group()}"
    for around in context.reading.abbreviations.explained_around(place.start, place.end):
        own = fits_any(around.long, context.known_names)
        if not own and diseases_named(around.long, context):
            return around.long
    return ""


def diseases_named(name: str, context: Context) -> tuple[EntityId, ...]:
    """Return the diseases of which this is a name, and the noted ones that it abbreviates."""
    target = kind_of("disease").targets[0]
    known = (term.id for term in context.ontologies.named(name) if term.id.prefix == target)
    noted = (
        each.concept
        for each in context.neighbours
        if each.kind.category in {"disease", "chemical"}
        and (fits(name, each.label) or spells_initials(name, each.label))
    )
    return tuple(dict.fromkeys((*known, *noted)))


def _short_form(name: str, context: Context) -> tuple[Sense, str]:
    """Return what a bare name stands for, after what text, field and other notes say of it."""
    own = _own_names(context)
    if said := context.reading.abbreviations.said_of(name):
        return _said(said, own, name, context)
    usual = foreign_use(name, context) or _words_with_initials(name, context)
    is_label = bool(context.names) and fits(name, context.names[0])
    if not is_label and diseases_named(name, context):
        return Sense.DISEASE, name
    return (Sense.DOUBTFUL, usual) if usual else (Sense.GENE, "")


def _said(
    said: tuple[str, ...], own: tuple[str, ...], name: str, context: Context
) -> tuple[Sense, str]:
    """Return what a name that the text explains stands for; without a full name nobody can tell."""
    others = [each for each in own if key(each) != key(name)]
    can_tell = any(is_full_name(each) for each in others)
    share = max(coverage(long, others) for long in said) if can_tell else 1.0
    within = any(key(long) in key(each) for long in said for each in others)
    product = names_a_product(said[0])
    if within or share > _HALF or (product and any(letter.isdigit() for letter in name)):
        is_disease = _tells_of_disease(said, others, name, context)
        return (Sense.DISEASE, said[0]) if is_disease else (Sense.GENE, "")
    if share == 0 and not product:
        return Sense.OTHER, said[0]
    named = any(diseases_named(form, context) for form in (*said, name))
    return (Sense.DISEASE if named else Sense.DOUBTFUL), said[0]


def _tells_of_disease(
    said: tuple[str, ...], others: list[str], name: str, context: Context
) -> bool:
    """Tell whether an alias is explained as a disease after which the gene is only named."""
    is_label = bool(context.names) and fits(name, context.names[0])
    is_own = any(key(long) == key(each) for long in said for each in others)
    return not is_label and not is_own and any(diseases_named(long, context) for long in said)


def _own_names(context: Context) -> tuple[str, ...]:
    annotation = context.annotation
    return (annotation.gloss, *annotation.aliases, *context.known_names)


def _words_with_initials(name: str, context: Context) -> str:
    """Return words of the prose of which an alias of two or three capitals is the initials.

    A gene's own symbol is left alone: in a long text such words stand somewhere for any letters.
    """
    own = _own_names(context)
    prose = context.reading.prose
    is_symbol = bool(context.names) and fits(name, context.names[0])
    if is_symbol or not (name.isalpha() and name.isupper() and 2 <= len(name) <= 3):
        return ""
    if any(prose.says(each) for each in own if is_full_name(each)):
        return ""
    found = prose.words_with_initials(name)
    return "" if coverage(found, own) > _HALF or names_a_product(found) else found


def foreign_use(name: str, context: Context) -> str:
    """Return what the field means by a short name, if neither gene nor text has to do with that."""
    own = _own_names(context)
    usual = context.reading.abbreviations.usual_for(name)
    if not usual or any(coverage(long, own) > _HALF for long in usual):
        return ""
    full = (each for each in own if is_full_name(each))
    return "" if any(context.reading.prose.says(each) for each in full) else usual[0]
