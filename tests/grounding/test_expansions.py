"""What a text says that its short forms mean."""

import pytest

from exporter.grounding.expansions import expansions, meanings
from exporter.grounding.initials import abbreviates, may_stand_for

CASES = [
    ("The corticosteroid (CS) dose fell.", {"CS": "corticosteroid"}),
    ("Juvenile dermatomyositis (JDM) is rare.", {"JDM": "Juvenile dermatomyositis"}),
    ("healthy controls (HCs)", {"HC": "healthy controls"}),
    ("alopecia areata [AA]", {"AA": "alopecia areata"}),
    ("AGS (Aicardi-Gouti\u00e8res syndrome)", {"AGS": "Aicardi-Gouti\u00e8res syndrome"}),
    ("methotrexate (MTX; 15 mg)", {"MTX": "methotrexate"}),
    (
        "CR = complete response; PR: partial response.",
        {
            "CR": "complete response",
            "PR": "partial response",
        },
    ),
    (
        "interferon-\u03b3 (IFN-\u03b3)",
        {"IFN-\u03b3": "interferon-\u03b3", "IFN": "interferon-\u03b3"},
    ),
    ("interferons (IFN) share one receptor (IFNAR)", {"IFN": "interferons"}),
    (
        "stimulator of interferon genes (STING) associated vasculopathy with onset "
        "in infancy (SAVI)",
        {
            "STING": "stimulator of interferon genes",
            "SAVI": "STING associated vasculopathy with onset in infancy",
        },
    ),
    ("The dose fell (n = 3), as expected (see below).", {}),
    ("patients who improved (CAT)", {}),
    ("three inflammatory markers (TNF, IL6)", {}),
    ("STAT1 (significantly increased at 1 week)", {}),
    ("MTX (methotrexate) was given", {"MTX": "methotrexate"}),
]


@pytest.mark.parametrize(("prose", "wanted"), CASES)
def test_short_forms_get_the_long_forms_of_their_text(prose: str, wanted: dict[str, str]) -> None:
    assert meanings(expansions(prose)) == {short: (long,) for short, long in wanted.items()}


def test_the_first_part_of_a_short_form_means_the_same_unless_it_is_explained_itself() -> None:
    alone = meanings(expansions("the Cutaneous Assessment Tool in its binary form (CAT-BM)"))
    assert alone["CAT"] == ("Cutaneous Assessment Tool in its binary form",)
    both = meanings(expansions("catalase (CAT) and Cutaneous Assessment Tool binary form (CAT-BF)"))
    assert both["CAT"] == ("catalase",)


def test_the_place_of_a_long_form_is_where_it_stands() -> None:
    prose = "Then healthy controls (HC) came."
    found = expansions(prose)[0]
    assert prose[found.start : found.end] == found.long == "healthy controls"


@pytest.mark.parametrize(
    ("short", "long", "wanted"),
    [
        ("JDM", "juvenile dermatomyositis", True),
        ("JDM", "dermatomyositis", False),
        ("AA", "alopecia areata", True),
        ("TS", "tumors", False),
        ("jdm", "juvenile dermatomyositis", False),
    ],
)
def test_a_short_form_is_read_out_of_the_whole_long_form(
    short: str, long: str, *, wanted: bool
) -> None:
    assert abbreviates(short, long) is wanted


@pytest.mark.parametrize(
    ("short", "long", "wanted"),
    [
        ("DM", "dermatomyositis", True),
        ("OA", "osteoarthritis", True),
        ("RA", "rheumatoid arthritis", True),
        ("SLE", "systemic lupus erythematosus", True),
        ("DM", "deformity", False),
        ("RA", "rash", False),
        ("HLH", "hemophagocytic lymphohistiocytosis", True),
        ("AGS", "Aicardi-Gouti\u00e8res syndrome", True),
        ("TNF", "three inflammatory markers", False),
        ("ATOD", "autoimmune thyroid disease", False),
    ],
)
def test_capitals_may_stand_for_the_initials_of_words_and_of_parts_of_words(
    short: str, long: str, *, wanted: bool
) -> None:
    assert may_stand_for(short, long) is wanted


def test_an_endless_name_is_compared_with_a_short_form_at_once() -> None:
    assert not may_stand_for("AAAAB", "aioa" * 5000)


def test_a_text_of_brackets_alone_is_read_in_one_go() -> None:
    assert expansions("[AB](" * 20_000) == ()
