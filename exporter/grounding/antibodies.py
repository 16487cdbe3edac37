"""Names that only tell which antibody is meant, as in anti-MDA5 or Mi2 antibodies."""

import re
from collections.abc import Collection

from exporter.grounding.initials import abbreviates
from exporter.grounding.prose import Occurrence
from exporter.grounding.spelling import key

_DASH = r"[-\u2010-\u2015]"
_GAP = rf"(?:\s|{_DASH})*"
_ANTIBODY = r"(?:(?:auto)?antibod(?:y|ies)|autoantigens?|(?-i:Abs?\b))"
_SIGN = r"(?-i:(?=[^\s,;()]*[A-Z0-9\u0391-\u03a9\u03b1-\u03c9]))"
_NAME = rf"{_SIGN}[^\s,;()/]{{1,20}}"  # a slash is a link: a list is read in one way only
_SHORT_FORM = rf"\({_SIGN}[^\s,;()]{{1,20}}\)"
_LINK = r"\s?(?:,\s?(?:and\s|or\s)?|/|\s(?:and/or|and|or|&)\s)\s?"
_OF = r"(?:against|to|for|targeting|towards?|recogni[sz]ing)"
_MAB = r"\w+mab\b"
_TREATS = (
    rf"(?:(?:\w+-)?(?:targeted\s)?(?:\w*therap)|treatment|drug|biologic|inhibitor|block|monoclonal|(?-i:mAbs?)\b"
    rf"|\w*RNA\b|ribozym|transfect|oligo|{_MAB})"
)
_STOP = (
    r"(?:and|or|of|in|on|at|as|by|with|from|to|for|during|after|before|among|that|which|who|is|are"
    r"|was|were|had|has|have|patients?|expression|variants?|mutations?|therapy|treatment)\b"
)
_WORDS = rf"(?:(?!{_STOP})[^\s,;:()]{{1,40}}\s){{1,8}}"
_ITEM = rf"(?:{_WORDS}{_SHORT_FORM}|(?:[a-z]{{4,20}}\s){{0,3}}{_NAME}(?:\s?{_SHORT_FORM})?)"
_RAISED = rf"{_ANTIBODY}\s(?:\w+\s)?{_OF}\s"
_LISTED = (
    rf"(?:(?:the|human|recombinant)\s){{0,2}}(?:{_ITEM}{_LINK}(?:{_OF}\s)?){{0,6}}"
    rf"(?:{_WORDS}\()?$"
)
_OF_A_CELL = (
    r"(?:cells?|fib(?:re|er)s?|nuclei|stain\w*|\w+cytes?|macrophages?|neurons?|tumou?rs?|vessels?)"
)
_ARTICLE = r"(?:(?:which|that)\s)?(?:(?:is|was)\s)?an?\s"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_ANTI = _pattern(rf"(?<![^\W_])anti(?:\s|{_DASH}\s?)?$")
_ANTI_LIST = _pattern(
    rf"(?<![^\W_])anti(?:{_DASH}|\s){_NAME}(?:\s?{_SHORT_FORM})?"
    rf"(?:{_LINK}(?:anti)?+{_DASH}?+{_NAME}(?:\s?{_SHORT_FORM})?){{0,9}}"
    rf"(?:{_LINK}{_DASH}?|\s?\()$"
)
_ANTI_LONG = _pattern(rf"(?<![^\W_])anti{_DASH}({_WORDS})\($")
_AGAINST = _pattern(_RAISED + _LISTED)
_IN_BRACKET = _pattern(rf"{_ANTIBODY}[^()]{{0,20}}\((?:{_NAME}{_LINK}){{0,9}}$")
_SEROGROUP = _pattern(
    rf"(?:sero|{_ANTIBODY}\s)(?:group|type|status|profile)s?(?:\s(?:was|were|is|are|of)|:)\s"
    rf"(?:{_NAME}{_LINK}){{0,9}}$"
)
_CLOSES = _pattern(rf"^(?:[,;/]\s?{_NAME})*\)")
_ITS_ANTIBODY = _pattern(
    rf"^\)?(?:\s\([^()]{{1,20}}\))?(?:{_LINK}(?!anti{_DASH}){_NAME}){{0,9}}{_GAP}"
    rf"(?:(?:protein|specific|IgG){_GAP})?"
    rf"(?:{_ANTIBODY}(?!\s(?:\w+\s)?{_OF}\s)|Ig[AGM]\b(?!{_GAP}(?:receptor|bind|Fc)))"
)
_RESULT = _pattern(
    rf"^(?:[+\u207a]|\s?\([-+\u207a\u2010-\u2015\u2212]\)"
    rf"|{_GAP}(?:(?:sero)?(?:posit|negat|reactiv)|tit(?:re|er)s?\b))"
)
_OF_CELLS = _pattern(
    rf"^(?:[+\u207a]|{_GAP}(?:posit|negat|reactiv)\w*)?{_GAP}(?:[\w-]+\s){{0,2}}"
    rf"{_OF_A_CELL}\b"
)
_OF_LISTED_CELLS = _pattern(
    rf"^\s?(?:\(\+\)|[+\u207a])(?:{_LINK}[^\s,;()/]{{1,20}}\s?(?:\([-+\u2212]\)|[-+\u207a]|high|low))*"
    rf"(?:\([\w+-]{{1,6}}\))?\s(?:[\w-]+\s){{0,2}}{_OF_A_CELL}\b"
)
_MEDICINE = _pattern(
    rf"^(?:\s\([^()]{{1,20}}\))?(?:{_GAP}(?:receptor|antibod(?:y|ies)|monoclonal|biologic\w*))*"
    rf"(?:{_GAP}{_TREATS}|(?:\s?\(|,?\s(?:such\sas|namely)\s){_MAB})"
)
_MONOCLONAL = _pattern(
    r"(?:(?:monoclonal|humani[sz]ed|chima?eric|bispecific|therapeutic)\s(?:[\w-]+\s){0,2}"
    rf"{_RAISED}|(?-i:mAbs?)\s(?:\w+\s)?{_OF}\s){_LISTED}"
)
_GIVEN = _pattern(
    r"(?:neutrali[sz]ing|blocking|depleting|administ\w+\sof|inject\w+\s(?:of|with)"
    r"|(?:treat(?:ed|ment|ing)|stimulat(?:ed|ion|ing)|incubat(?:ed|ion|ing))\s"
    rf"(?:of\s(?:[\w-]+\s){{1,4}})?with)\s(?:an?\s)?(?:anti{_DASH}|{_RAISED}){_LISTED}"
)
_APPOSED = _pattern(
    rf"(?P<name>[\w-]+)(?:\s?\([^()]{{1,40}}\))?,?\s{_ARTICLE}(?:[\w-]+,?\s){{0,6}}"
    rf"(?:anti{_DASH}|{_RAISED}){_LISTED}"
)
_GLOSSED = _pattern(rf"{_MAB}\s?\((?:an?\s)?(?:[\w-]+\s){{0,4}}(?:anti{_DASH}|{_RAISED}){_LISTED}")
_GROUP = _pattern(
    rf"^(?:[+\u207a]|{_DASH}(?-i:[A-Z]{{2,5}}\b)|{_GAP}(?:(?:sero)?(?:posit|negat)|(?:sub)?group|subset"
    r"|patient|child|case|status|tit(?:re|er)|disease|\w*(?:itis|opathy)\b))"
)
_SEROLOGY = _pattern(rf"{_ANTIBODY}|sero(?:posit|negat|log)")
_OF_PATIENTS = _pattern(
    rf"(?<!monoclonal\s)(?<!secondary\s)(?<!primary\s)\b(?:{_ANTIBODY}(?!\s(?:\w+\s)?{_OF})"
    rf"|antibodies\s(?:\w+\s)?{_OF}|autoantibod|sero(?:posit|negat|log))"
)
_OF_TISSUE_OR_GENE = _pattern(
    r"\b(?:mutations?|mutated|variants?|carriers?|alleles?|genotyp|fusions?|stain|immunohisto"
    r"|immunofluo|cytometr|express|biops|fib(?:re|er)s?\b)"
)


def is_antigen(place: Occurrence, medicines: Collection[str] = ()) -> bool:
    """Tell whether the name at a place says which antibody is meant, not a gene or protein.

    Antibodies that are given as medicines do not count: ``anti-TNF therapy`` speaks of TNF, and so
    does ``X, an antibody against TNF``, if X ends as such names do or is one of ``medicines``
    (keys of names).
    """
    if _is_target(place, medicines):
        return False
    before = place.before[-200:]
    signs = (_ANTI, _ANTI_LIST, _AGAINST, _IN_BRACKET, _SEROGROUP)
    found = any(sign.search(before) for sign in signs) or _glosses_antigen(place)
    if found and (not before.endswith("(") or _CLOSES.search(place.after)):
        return True
    return bool(_ITS_ANTIBODY.search(place.after)) or _has_serological_result(place)


def may_be_serogroup(place: Occurrence) -> bool:
    """Tell whether a name may stand for patients with an antibody: MDA5+ disease, MDA5-DM."""
    return bool(_GROUP.search(place.after))


def may_be_result(place: Occurrence) -> bool:
    """Tell whether a name may stand for a test of antibodies in a text that speaks of such.

    ``MDA5-positive`` is one, unless the sentence speaks of cells, tissue or variants.
    """
    sentence = f"{place.before} {place.after}"
    return _is_result(place) and not _OF_TISSUE_OR_GENE.search(sentence)


def tells_of_antibodies(prose: str) -> bool:
    """Tell whether a text speaks of antibodies that people have, not of medicines or tools."""
    return bool(_OF_PATIENTS.search(prose))


def _is_target(place: Occurrence, medicines: Collection[str]) -> bool:
    """Tell whether the name is that of what a medicine acts on."""
    before = place.before[-200:]
    after = place.after.removeprefix(")") if before.endswith("(") else place.after
    targets = (_MONOCLONAL, _GLOSSED, _GIVEN)
    if _MEDICINE.search(after) or any(sign.search(before) for sign in targets):
        return True
    apposed = _APPOSED.search(before)
    name = apposed["name"].casefold() if apposed else ""
    return name.endswith("mab") or (name != "" and key(name) in medicines)


def _glosses_antigen(place: Occurrence) -> bool:
    """Tell whether a name in brackets is the short form of what follows ``anti-``."""
    long = _ANTI_LONG.search(place.before[-200:])
    return long is not None and abbreviates(place.exact, long[1].strip())


def _has_serological_result(place: Occurrence) -> bool:
    """Tell whether a sentence about antibodies calls the name positive or negative."""
    return _is_result(place) and bool(_SEROLOGY.search(f"{place.before} {place.after}"))


def _is_result(place: Occurrence) -> bool:
    after = place.after
    return bool(_RESULT.search(after)) and not (
        _OF_CELLS.search(after) or _OF_LISTED_CELLS.search(after)
    )
