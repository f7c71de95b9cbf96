"""Characters of Word's symbol fonts, which a text file would show as empty boxes."""

from __future__ import annotations

# Only the code points that documents use: marks, bullets, arrows, and Symbol's letters and signs.
_SYMBOL = dict(
    zip(
        bytes.fromhex(
            "22 24 27 2a 2d 40 5c 5e 7e a2 a3 a5 a7 a8 a9 aa ab ac ad ae af b0 b1 b2 b3 b4 b5 b6 b7"
            "b8 b9 ba bb bc c5 c6 c7 c8 c9 ca cc cd ce cf d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 da db dc dd"
            "de df e5 f2"
        ),
        "∀∃∍∗−≅∴⊥∼′≤∞♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⊕∅∩∪⊃⊇⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓∑∫",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghijklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηιϕκλμνοπθρστυωξψζ",
        strict=True,
    )
)
_WINGDINGS = dict(
    zip(
        bytes.fromhex(
            "28 29 2a 46 4a 4c 6c 6d 6e 6f 70 71 72 73 74 75 76 77 78 9f a1 a7 a8 d8 dc e0 e8 e9 ef"
            "f0 f1 f2 fb fc fd fe"
        ),
        "☎✆✉☞☺☹●❍■□□❑❒⬧⧫◆❖⬥☒•○▪◻➢➲→➔↑⇦⇨⇧⇩✗✔☒☑",
        strict=True,
    )
)
_WINGDINGS_2 = dict(zip(bytes.fromhex("50 51 52 53 54 a3"), "✓☒☑☒☒□", strict=True))
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(code: str, font: str) -> str:
    """The character of a font's code, such as "F0B3" of Symbol; a bullet for an unknown one."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    table = _FONTS.get(font.lower())
    if table is not None:
        return table.get(point & 0xFF, "•")
    if 0x20 <= point < 0xD800 and font.lower() != "symbol":
        return chr(point)
    low = point & 0xFF
    letter = chr(low)
    plain = letter if 0x20 < low < 0x7F and not letter.isalpha() else "•"
    return _SYMBOL.get(low) or _GREEK.get(letter) or plain


def without_private(text: str, font: str) -> str:
    """Text whose characters of the symbol fonts' private area are what the page shows."""
    return "".join(
        symbol(f"{ord(each):X}", font) if "\uf000" <= each <= "\uf0ff" else each for each in text
    )
