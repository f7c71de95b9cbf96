"""The library's policies by number and by title, to resolve what texts cite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from gross.analysis.numbering import Key, number_key, scheme, widths
from gross.analysis.types import Document

NEAREST = 3
LONGEST_NUMBER = 40  # letters and digits; a longer one is none, and a slip in it is not looked for
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
class Scheme:
    """Numbers of one shape: how many, and the fewest and most digits of each run."""

    policies: int
    least: tuple[int, ...]
    most: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Register:
    by_number: dict[Key, Document]  # where policies share a number, one in force
    by_title: dict[str, Document]
    schemes: dict[Key, Scheme]
    slips: dict[tuple[Key, str], list[Key]]  # numbers by what a slip may leave of them
    known: dict[tuple[Key, str], list[Document]] = field(default_factory=dict)  # what was asked

    def uses(self, number: str) -> bool:
        """Tell whether the library numbers its policies this way: ED-11 is a room beside ED-027."""
        shape = scheme(number_key(number))
        known = self.schemes.get(shape)
        if known is None or known.policies < (BARE_SCHEME_POLICIES if set(shape) == {"#"} else 1):
            return False
        return all(
            least <= width <= most
            for width, least, most in zip(widths(number), known.least, known.most, strict=True)
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
        """The policies in force that may be meant, the likeliest first; the same is asked often."""
        asked = key, title_key(title)
        if asked not in self.known:
            self.known[asked] = self._nearest(*asked)
        return self.known[asked]

    def _nearest(self, key: Key, title: str) -> list[Document]:
        shape, written = scheme(key), "".join(key)
        alike = {each for left in _left_of(written) for each in self.slips.get((shape, left), ())}
        near = {
            document.policy_id: (100.0, document)
            for other in alike
            if _is_slip(written, "".join(other)) and (document := self.by_number[other])
        }
        if title:
            near.update(_near(title, self.by_title, NEAR_TITLE))
        ranked = sorted(near.values(), key=lambda each: (-each[0], each[1].policy_id))
        return [document for _, document in ranked if not document.retired][:NEAREST]


def register(documents: Iterable[Document]) -> Register:
    by_number: dict[Key, Document] = {}
    by_title: dict[str, Document] = {}
    runs: dict[Key, list[tuple[int, ...]]] = {}
    slips: dict[tuple[Key, str], list[Key]] = {}
    for document in sorted(documents, key=lambda each: (each.retired, each.policy_id)):
        key = number_key(document.number)
        if key:
            runs.setdefault(scheme(key), []).append(widths(document.number))
            if key not in by_number:
                by_number[key] = document
                for left in _left_of("".join(key)):
                    slips.setdefault((scheme(key), left), []).append(key)
        if title_key(document.title):
            by_title.setdefault(title_key(document.title), document)
    schemes = {
        shape: Scheme(
            len(found),
            tuple(map(min, zip(*found, strict=True))),
            tuple(map(max, zip(*found, strict=True))),
        )
        for shape, found in runs.items()
    }
    return Register(by_number, by_title, schemes, slips)


def _left_of(written: str) -> set[str]:
    """A number, and what is left of it without one sign: two that are a slip apart share one."""
    if len(written) > LONGEST_NUMBER:
        return {written}
    return {written, *(written[:at] + written[at + 1 :] for at in range(len(written)))}


def _is_slip(written: str, other: str) -> bool:
    """Tell whether one number is the other with a digit wrong, missing or changed places."""
    return len(written) >= SHORTEST_NUMBER and OSA.distance(written, other) == 1


def _near(
    wanted: str, choices: dict[str, Document], least: float
) -> dict[int, tuple[float, Document]]:
    found = process.extract(
        wanted, choices.keys(), scorer=fuzz.ratio, limit=NEAREST, score_cutoff=least
    )
    return {choices[name].policy_id: (score, choices[name]) for name, score, _ in found}
