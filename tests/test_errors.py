import pickle

import pytest

from exporter import errors
from exporter.errors import ExporterError, InputError, Where

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ExporterError)
]
PLACE = Where(file="a.yaml", line=3, column=7, document="PMC1", field="subject.sex")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_the_same_after_pickling(kind: type[ExporterError]) -> None:
    error = kind("no sex given", code="E199", where=PLACE, hint="write female or male")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is kind
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_without_a_code_has_the_one_of_its_kind(kind: type[ExporterError]) -> None:
    assert kind("bad").code == kind.default_code
    assert kind("bad", code="E999").code == "E999"


def test_no_two_kinds_share_a_code() -> None:
    codes = [kind.default_code for kind in KINDS]
    assert len(codes) == len(set(codes))


def test_a_failure_never_exits_as_a_success_or_as_a_bug() -> None:
    assert {kind.exit_status for kind in KINDS} <= {1, 2, 3, 4, 5, 6}


def test_the_text_is_place_code_problem() -> None:
    error = InputError("no sex given", where=Where(file="a.yaml", line=3, column=7))
    assert str(error) == "a.yaml:3:7: E100 no sex given"


def test_the_text_without_a_place_starts_with_the_code() -> None:
    assert str(InputError("no sex given")) == "E100 no sex given"


def test_a_place_can_be_given_later_and_changes_nothing_else() -> None:
    error = InputError("no sex given", code="E199", hint="write female or male")
    placed = error.at(PLACE)
    assert (placed.where, error.where) == (PLACE, None)
    assert (placed.problem, placed.code, placed.hint) == (error.problem, error.code, error.hint)
    assert type(placed) is InputError


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where(file="a.md"), "a.md"),
        (Where(file="a.md", line=2), "a.md:2"),
        (Where(document="PMC1"), "PMC1"),
        (Where(document="PMC1", field="title"), "PMC1 (title)"),
        (Where(file="a.md", document="PMC1"), "a.md (PMC1)"),
        (PLACE, "a.yaml:3:7 (PMC1, subject.sex)"),
    ],
)
def test_a_place_shows_what_is_known(where: Where, text: str) -> None:
    assert str(where) == text
