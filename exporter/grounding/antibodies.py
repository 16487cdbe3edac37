"""Names that only tell which antibody is meant, as in anti-MDA5 or Mi2 antibodies."""

import re

from exporter.grounding.prose import Occurrence

_DASH = r"[-\u2010-\u2015]"
_GAP = rf"(?:\s|{_DASH})*"
_ANTIBODY = r"(?:(?:auto)?antibod(?:y|ies)|autoantigens?|(?-i:Abs?\b))"
_SIGN = r"(?-i:(?=[^\s,;()]*[A-Z0-9\u0391-\u03a9\u03b1-\u03c9]))"
_NAME = rf"{_SIGN}[^\s,;()]{{1,20}}"
_LINK = r"\s?(?:,\s?(?:and\s|or\s)?|/|\s(?:and/or|and|or|&)\s)\s?"
_OF = r"(?:against|to|for|targeting|towards?|recogni[sz]ing)"
_TREATS = r"(?:therap|treatment|drug|biologic|inhibitor|block|monoclonal|\w+mab\b)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_ANTI = _pattern(rf"(?<![^\W_])anti(?:\s|{_DASH}\s?)?$")
_ANTI_LIST = _pattern(
    rf"(?<![^\W_])anti{_DASH}{_NAME}(?:{_LINK}(?:anti{_DASH})?{_NAME}){{0,6}}{_LINK}{_DASH}?$"
)
_AGAINST = _pattern(rf"{_ANTIBODY}\s(?:\w+\s)?{_OF}\s(?:the\s)?(?:{_NAME}{_LINK}){{0,6}}$")
_IN_BRACKET = _pattern(rf"{_ANTIBODY}[^()]{{0,20}}\((?:{_NAME}{_LINK}){{0,6}}$")
_ITS_ANTIBODY = _pattern(
    rf"^\)?(?:\s\([^()]{{1,20}}\))?(?:{_LINK}(?!anti{_DASH}){_NAME}){{0,6}}{_GAP}(?:(?:protein|specific|IgG){_GAP})?"
    rf"{_ANTIBODY}"
)
_RESULT = _pattern(rf"^(?:[+\u207a]|{_GAP}(?:sero)?(?:posit|negat))")
_MEDICINE = _pattern(
    rf"^(?:{_GAP}(?:receptor|antibod(?:y|ies)|monoclonal|biologic\w*))*{_GAP}{_TREATS}"
)
_GROUP = _pattern(
    rf"^(?:[+\u207a]|{_DASH}(?-i:[A-Z]{{2,5}}\b)|{_GAP}(?:(?:sero)?(?:posit|negat)|(?:sub)?group|subset"
    r"|patient|child|case|status|tit(?:re|er)|disease|\w*(?:itis|opathy)\b))"
)
_SEROLOGY = _pattern(rf"{_ANTIBODY}|sero(?:posit|negat|log)")


def is_antigen(place: Occurrence) -> bool:
    """Tell whether the name at a place says which antibody is meant, not a gene or protein.

    Antibodies that are given as medicines do not count: ``anti-TNF therapy`` speaks of TNF.
    """
    if _MEDICINE.search(place.after):
        return False
    before = place.before[-200:]
    if any(sign.search(before) for sign in (_ANTI, _ANTI_LIST, _AGAINST, _IN_BRACKET)):
        return True
    return bool(_ITS_ANTIBODY.search(place.after)) or _has_serological_result(place)


def may_be_serogroup(place: Occurrence) -> bool:
    """Tell whether a name may stand for patients with an antibody: MDA5+ disease, MDA5-DM."""
    return bool(_GROUP.search(place.after))


def _has_serological_result(place: Occurrence) -> bool:
    """Tell whether a sentence about antibodies calls the name positive or negative."""
    sentence = f"{place.before} {place.after}"
    return bool(_RESULT.search(place.after) and _SEROLOGY.search(sentence))
