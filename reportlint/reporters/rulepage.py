"""The page of a rule: what it says, why, what to do, what it reports and what not, its source."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportlint.ruleset import Rule

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "why": "为什么",
        "help": "怎么改",
        "bad": "会报告（括号里是报告的位置）",
        "good": "不报告",
        "source": "依据",
    },
    "en": {
        "why": "Why",
        "help": "How to fix",
        "bad": "Reported (what stands in the brackets)",
        "good": "Not reported",
        "source": "Source",
    },
}

_FIELD = re.compile(r"\{[a-z_]+\}")
_TICKS = re.compile("`+")


def headline(rule: Rule, lang: str) -> str:
    """Return what the rule says, with ``…`` for what it says it of."""
    return _FIELD.sub("…", rule.message.get(lang) or rule.message["zh"])


def plain(rule: Rule, lang: str) -> str:
    """Return the page as plain text."""
    lines = [headline(rule, lang)]
    for heading, texts, examples in _parts(rule, lang):
        bullet = "· " if examples else ""
        lines += ["", heading, *(f"{bullet}{text}" for text in texts)]
    return "\n".join(lines)


def markdown(rule: Rule, lang: str) -> str:
    """Return the page in Markdown, its examples as code."""
    blocks = [escape(headline(rule, lang))]
    for heading, texts, examples in _parts(rule, lang):
        said = [_code(text) if examples else escape(text) for text in texts]
        blocks += [f"### {heading}", ("\n" if examples else "\n\n").join(said)]
    return "\n\n".join(blocks)


def _parts(rule: Rule, lang: str) -> Iterator[tuple[str, list[str], bool]]:
    """Yield heading, texts and whether they are examples, for what the rule has to say."""
    words = _WORDS[lang]
    for key, texts in (
        ("why", [rule.why.get(lang, "")]),
        ("help", [rule.help.get(lang, "")]),
        ("bad", [example["text"].rstrip("\n") for example in rule.bad]),
        ("good", [example["text"].rstrip("\n") for example in rule.good]),
        ("source", [rule.source]),
    ):
        texts = [text for text in texts if text]
        if texts:
            yield words[key], texts, key in ("bad", "good")


_SPECIAL = re.compile(
    r"""([\\`*_{}\[\]<>|~&$@\#]     # markup, and what GitHub makes of some signs
    | :(?=//|[a-z0-9_+-]+:)        # an address, an emoji
    | (?<=www)\.
    | ^[-+=] | (?<=^\d)[.)] | (?<=^\d\d)[.)])   # a list or a heading
    """,
    re.VERBOSE,
)


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, in one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))


def _code(text: str) -> str:
    """Return an item of a list with ``text`` as code."""
    fence = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    if "\n" in text:
        fence = max(fence, "```", key=len)
        body = "\n".join(f"  {line}" for line in text.split("\n"))
        return f"- {fence}text\n{body}\n  {fence}"
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"- {fence}{pad}{text}{pad}{fence}"
