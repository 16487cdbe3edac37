"""What a curator concludes: a record that the text does not say of this patient."""

from typing import Any

from exporter.model.facts import NOTHING

# Records within a record without which it says nothing, or something else.
_SAID_WITH = ("attributed_to", "comparison", "drug", "gene", "target", "test", "trial_endpoint")


def is_inferred(record: Any) -> bool:
    """Tell whether a record, or one that it says its fact with, is marked ``inferred: true``."""
    parts = (getattr(record, name, None) for name in _SAID_WITH)
    return any(getattr(each, "about", NOTHING).inferred is True for each in (record, *parts))
