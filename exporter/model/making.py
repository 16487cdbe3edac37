"""Make many frozen values at a quarter of the price of their own constructor."""

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from typing import Any, TypeVar

Value = TypeVar("Value")


def maker(kind: type[Value], *names: str) -> Callable[..., Value]:
    """Return a function that makes a frozen, slotted dataclass from its fields in a given order.

    All fields must be named, and nothing is checked or left to a default: it is for readers that
    make millions. A class that has something to do after it was made is refused.

    >>> from exporter.model.document import Mention, PositionSource
    >>> made = maker(Mention, "start", "end", "exact", "source")(0, 3, "JAK", PositionSource.GIVEN)
    >>> made == Mention(start=0, end=3, exact="JAK", source=PositionSource.GIVEN)
    True
    """
    own = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    if sorted(own) != sorted(names) or hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} cannot be made from {', '.join(names)}")

    def turn(twin: Any) -> None:
        twin.__class__ = kind

    # A twin with the same slots that can still be changed: filled, then turned into the value.
    namespace = {"__post_init__": turn}
    return make_dataclass(kind.__name__, names, slots=True, namespace=namespace)
