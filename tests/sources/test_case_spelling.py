"""Slips of the pen in the labels of case files, and what is none."""

import pytest

from exporter.sources._case_spelling import nearly, slips

NAMES = ("juvenile dermatomyositis", "JDM", "type 1 interferonopathy", "anemia", "ISG15 deficiency")


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("juveniile dermatomyositis", "juvenile dermatomyositis"),
        ("juvenile dermatomysoitis", "juvenile dermatomyositis"),
        ("juvenil dermatomyosits", "juvenile dermatomyositis"),
        ("type 1 interferonoathy", "type 1 interferonopathy"),
        ("anemmia", "anemia"),
    ],
)
def test_a_slip_of_the_pen_leads_to_the_name(label: str, meant: str) -> None:
    assert nearly(label, NAMES) == meant


@pytest.mark.parametrize(
    "label",
    [
        "juvenile dermatomyositis",  # the name itself
        "Juvenile Dermatomyositis",
        "anaemia",  # British
        "type 2 interferonopathy",  # another number
        "ISG16 deficiency",
        "JDN",  # too short to tell
        "juvenile polymyositis",
        "amnesia",
    ],
)
def test_another_name_is_no_slip(label: str) -> None:
    assert nearly(label, NAMES) is None


def test_two_letters_that_change_places_are_one_slip() -> None:
    assert [slips(*pair) for pair in (("ab", "ba"), ("abc", "abc"), ("abc", "xyz"))] == [1, 0, 3]
