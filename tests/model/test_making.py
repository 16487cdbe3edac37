"""Values that are made fast are the values that their own constructor makes."""

from dataclasses import FrozenInstanceError, dataclass, fields

import pytest

from exporter.model.document import Annotation
from exporter.model.findings import Finding, Level
from exporter.model.making import maker


@dataclass(frozen=True, slots=True)
class Checked:
    name: str

    def __post_init__(self) -> None:
        raise ValueError(self.name)


def test_a_made_value_is_equal_to_a_constructed_one_and_as_frozen() -> None:
    names = [field.name for field in fields(Finding)]
    plain = Finding(level=Level.NOTE, code="a", message="b", value="c")
    made = maker(Finding, *names)(*(getattr(plain, name) for name in names))
    assert type(made) is Finding
    assert (made, hash(made), repr(made)) == (plain, hash(plain), repr(plain))
    with pytest.raises(FrozenInstanceError):
        made.code = "d"  # type: ignore[misc]


def test_the_order_of_the_names_is_the_order_of_the_values() -> None:
    made = maker(Checkless, "second", "first")("b", "a")
    assert (made.first, made.second) == ("a", "b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkless:
    first: str
    second: str = ""


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Checkless, ["first"]),
        (Checkless, ["first", "third"]),
        (Checked, ["name"]),
        (Annotation, []),
    ],
)
def test_a_field_that_is_not_named_and_a_check_that_would_be_lost_are_refused(
    kind: type, names: list[str]
) -> None:
    with pytest.raises(TypeError, match="cannot be made"):
        maker(kind, *names)
