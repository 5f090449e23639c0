"""What somebody may have meant by a word that is not known."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def suggest(word: str, known: Iterable[str]) -> tuple[str, str]:
    """Return in both languages a question for the known word that is most like ``word``, if any."""
    from difflib import get_close_matches

    folded = {name.lower().replace("_", "-"): name for name in known}
    close = get_close_matches(word.lower().replace("_", "-"), folded, 1)
    if not close:
        return "", ""
    name = folded[close[0]]
    return f"，是否为“{name}”？", f"; did you mean {name!r}?"
