"""Names that only tell which antibody is meant, as in anti-MDA5 or Mi2 antibodies."""

import re

from exporter.grounding.prose import Occurrence

_ANTIBODY = r"(?:auto)?(?:antibod(?:y|ies)|antigens?|Abs?\b)|seroposit|seroneg"
_NAME = r"(?:anti[-\u2010-\u2015\s]?)?(?=[^\s,;()]*[A-Z0-9\u0391-\u03a9\u03b1-\u03c9])[^\s,;()]{1,20}"
_LINK = r"\s*(?:,\s*(?:and|or)\s|,|/|\s(?:and/or|and|or)\s|&)\s*"
_DASH = r"[-\u2010-\u2015]"

_ANTI = re.compile(rf"(?<![^\W_])anti(?:\s|{_DASH}\s?)?$", re.IGNORECASE)
_ANTI_LIST = re.compile(
    rf"(?<![^\W_])anti{_DASH}{_NAME}(?:{_LINK}{_NAME})*{_LINK}{_DASH}?$", re.IGNORECASE
)
_AGAINST = re.compile(
    rf"(?:{_ANTIBODY})\s(?:\w+\s)?(?:against|to|for|targeting|recogni[sz]ing)\s(?:the\s)?"
    rf"(?:{_NAME}{_LINK})*$",
    re.IGNORECASE,
)
_OF_ANTIBODY = re.compile(
    rf"^[\s)]*(?:{_LINK}{_NAME}){{0,6}}[-\u2010-\u2015\s]*(?:protein\s|specific\s|IgG\s)?(?:{_ANTIBODY})",
    re.IGNORECASE,
)
_IN_BRACKET = re.compile(rf"(?:{_ANTIBODY})[^()]{{0,20}}\((?:{_NAME}{_LINK})*$", re.IGNORECASE)
_POSITIVE = re.compile(r"^(?:[+⁺]|[-\u2010-\u2015\s]*(?:posit|negat|seroposit|seroneg))", re.IGNORECASE)
_TREATMENT = re.compile(
    r"^(?:[-\u2010-\u2015\s]*(?:receptor|antibody|monoclonal|biologic\w*|\w*mab))*[-\u2010-\u2015\s]*"
    r"(?:therap|treatment|drug|biologic|inhibitor|blocker|blockade|monoclonal|\w+mab\b)",
    re.IGNORECASE,
)
_SEROLOGY = re.compile(_ANTIBODY, re.IGNORECASE)


def is_antigen(place: Occurrence) -> bool:
    """Tell whether the name at a place says which antibody is meant, not a gene or protein.

    Antibodies that are given as medicines do not count: ``anti-TNF therapy`` speaks of TNF.
    """
    before, after = place.before, place.after
    if _TREATMENT.search(after):
        return False
    if any(sign.search(before) for sign in (_ANTI, _ANTI_LIST, _AGAINST, _IN_BRACKET)):
        return True
    return bool(_OF_ANTIBODY.search(after)) or _is_seropositive(place)


def _is_seropositive(place: Occurrence) -> bool:
    """Tell whether a sentence about antibodies calls the name positive or negative."""
    whole = f"{place.before} {place.after}"
    return bool(_POSITIVE.search(place.after) and _SEROLOGY.search(whole))
