import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import InputError
from exporter.model.durations import parse_duration

UNITS = "YMWD"


@pytest.mark.parametrize(
    ("text", "months", "days", "canonical"),
    [
        ("P24W", None, 168, "P168D"),
        ("P26W", None, 182, "P182D"),
        ("P1Y3M", 15, None, "P1Y3M"),
        ("P15M", 15, None, "P1Y3M"),
        ("P12M", 12, None, "P1Y"),
        ("P4Y", 48, None, "P4Y"),
        ("-P3M", -3, None, "-P3M"),
        ("P0D", None, 0, "P0D"),
        ("-P0D", None, 0, "P0D"),
        ("P0M", 0, None, "P0D"),
        ("P1Y10D", 12, 10, "P1Y10D"),
        ("P1W2D", None, 9, "P9D"),
    ],
)
def test_months_and_days_are_kept_apart(
    text: str, months: int | None, days: int | None, canonical: str
) -> None:
    duration = parse_duration(text)
    assert (duration.months, duration.days, duration.canonical) == (months, days, canonical)
    assert duration.reported == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "24W",
        "P24",
        "P1.5Y",
        "P-3M",
        "PT12H",
        "p24w",
        "P3M1Y",
        "24 weeks",
        "P4Y\n",
        "P1D ",
        "P٣M",
    ],
)
def test_every_other_text_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InputError, match="is not an ISO 8601 duration") as caught:
        parse_duration(text)
    assert caught.value.code == "malformed-duration"
    assert "P24W" in caught.value.hint


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("P12W", "P24W", True),
        ("P24W", "P12W", False),
        ("P1M", "P24W", True),
        ("P1M", "P30D", False),
        ("P30D", "P1M", False),
        ("-P3M", "P0D", True),
        ("-P1M", "-P27D", True),
        ("P1Y", "P12M", False),
    ],
)
def test_only_what_is_surely_shorter_comes_before(first: str, second: str, before: bool) -> None:
    assert parse_duration(first).is_before(parse_duration(second)) is before


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 999_999)), min_size=4, max_size=4), st.booleans()
)
def test_the_canonical_text_means_the_same(numbers: list[int | None], negative: bool) -> None:
    parts = [f"{n}{unit}" for n, unit in zip(numbers, UNITS, strict=True) if n is not None]
    if parts:
        duration = parse_duration(("-" if negative else "") + "P" + "".join(parts))
        again = parse_duration(duration.canonical)
        assert (again.months or 0, again.days or 0) == (duration.months or 0, duration.days or 0)
        assert again.canonical == duration.canonical
