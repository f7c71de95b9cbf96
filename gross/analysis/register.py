"""The library's policies by number and by title, to resolve what texts cite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from gross.analysis.numbering import Key, number_key, scheme, widths
from gross.analysis.types import Document

NEAREST = 3
SHORTEST_NUMBER = 4  # letters and digits; in shorter ones any other number is a digit away
NEAR_TITLE = 60.0  # rapidfuzz ratio, 0 to 100
SAME_TITLE = 90.0
BARE_SCHEME_POLICIES = 3  # numbers without letters look like sections: more of them make a scheme

_WORD = re.compile(r"[^\W_]+")
_KINDS = frozenset(
    (
        *("the", "a", "an", "of", "for", "and", "our", "hospital", "standard", "policy"),
        *("policies", "procedure", "procedures", "protocol", "protocols", "guideline"),
        "guidelines",
    )
)


def title_key(title: str) -> str:
    """Fold a title to its telling words."""
    return " ".join(word for word in _WORD.findall(title.lower()) if word not in _KINDS)


@dataclass(frozen=True, slots=True)
class Register:
    by_number: dict[Key, Document]  # where policies share a number, one in force
    by_title: dict[str, Document]
    schemes: dict[Key, list[tuple[int, ...]]]  # the digits of each number, in runs

    def uses(self, number: str) -> bool:
        """Tell whether the library numbers its policies this way: ED-11 is a room beside ED-027."""
        shape = scheme(number_key(number))
        known = self.schemes.get(shape, [])
        if len(known) < (BARE_SCHEME_POLICIES if set(shape) == {"#"} else 1):
            return False
        return all(
            min(run) <= width <= max(run)
            for width, run in zip(widths(number), zip(*known, strict=True), strict=True)
        )

    def titled(self, title: str) -> Document | None:
        """The policy of that title; telling words may be missing on one side."""
        key = title_key(title)
        if key in self.by_title:
            return self.by_title[key]
        found = process.extractOne(
            key, self.by_title.keys(), scorer=fuzz.token_set_ratio, score_cutoff=SAME_TITLE
        )
        return self.by_title[found[0]] if found else None

    def nearest(self, key: Key, title: str) -> list[Document]:
        """The policies in force that may be meant, the likeliest first."""
        near = {
            document.policy_id: (100.0, document)
            for other, document in self.by_number.items()
            if _is_slip(key, other)
        }
        if title_key(title):
            near.update(_near(title_key(title), self.by_title, NEAR_TITLE))
        ranked = sorted(near.values(), key=lambda each: (-each[0], each[1].policy_id))
        return [document for _, document in ranked if not document.retired][:NEAREST]


def register(documents: Iterable[Document]) -> Register:
    by_number: dict[Key, Document] = {}
    by_title: dict[str, Document] = {}
    schemes: dict[Key, list[tuple[int, ...]]] = {}
    for document in sorted(documents, key=lambda each: (each.retired, each.policy_id)):
        key = number_key(document.number)
        if key:
            by_number.setdefault(key, document)
            schemes.setdefault(scheme(key), []).append(widths(document.number))
        if title_key(document.title):
            by_title.setdefault(title_key(document.title), document)
    return Register(by_number, by_title, schemes)


def _is_slip(key: Key, other: Key) -> bool:
    """Tell whether one number is the other with a digit wrong, missing or changed places."""
    if scheme(key) != scheme(other) or len("".join(key)) < SHORTEST_NUMBER:
        return False
    return OSA.distance("".join(key), "".join(other)) == 1


def _near(
    wanted: str, choices: dict[str, Document], least: float
) -> dict[int, tuple[float, Document]]:
    found = process.extract(
        wanted, choices.keys(), scorer=fuzz.ratio, limit=NEAREST, score_cutoff=least
    )
    return {choices[name].policy_id: (score, choices[name]) for name, score, _ in found}
