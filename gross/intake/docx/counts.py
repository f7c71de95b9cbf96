"""A count in the forms that Word's lists set it: decimal, letters, roman, ordinal, in words."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
             "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
_FOOTNOTE_SIGNS = "*†‡§"


def counted(count: int, style: str) -> str:
    """Set a count in a form of Word's; one that is not known, and a count below 1, as a decimal."""
    if style.startswith("0"):
        return f"{count:0{len(style)}d}"
    form = _FORMS.get(style)
    return form(count) if form and (count > 0 or style == "decimalZero") else str(count)


def _roman(count: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (min(count, 5000) // value)
        count %= value
    return shown


def _letter(count: int) -> str:
    """Word goes on after z with aa, bb, cc."""
    return chr(ord("a") + (count - 1) % 26) * (1 + min(count - 1, 25 * 26) // 26)


def _ordinal(count: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{count}{'th' if count % 100 in (11, 12, 13) else endings.get(count % 10, 'th')}"


def _in_words(count: int) -> str:
    """ "Twenty-one"; above 99 as a decimal, which no policy's list reaches."""
    if count > 99:
        return str(count)
    tens, ones = divmod(count, 10)
    words = _ONES[count] if count < 20 else _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    return words.capitalize()


def _ordinal_in_words(count: int) -> str:
    if count > 99:
        return _ordinal(count)
    head, dash, last = _in_words(count).lower().rpartition("-")
    last = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{dash}{last}".capitalize()


def _enclosed(first: str, most: int) -> Callable[[int], str]:
    return lambda count: chr(ord(first) + count - 1) if count <= most else str(count)


def _sign(count: int) -> str:
    times, which = divmod(count - 1, len(_FOOTNOTE_SIGNS))
    return _FOOTNOTE_SIGNS[which] * (1 + min(times, 20))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "ordinal": _ordinal,
    "cardinalText": _in_words,
    "ordinalText": _ordinal_in_words,
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "chicago": _sign,
    "hex": lambda count: f"{count:X}",
    "none": lambda count: "",
    "bullet": lambda count: "",
}
