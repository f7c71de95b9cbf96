"""Word's XML by name: the namespaces that the reader knows, and short ways to ask an element."""

from __future__ import annotations

from gross.intake.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL, ID = W + "val", W + "id"
ALTERNATE = COMPATIBILITY + "AlternateContent"
WORDS = (W + "t", MATH + "t", A + "t")
_OFF = frozenset({"0", "false", "off", "none"})


def inner(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of Word's own tags."""
    for tag in path:
        if element is None:
            return None
        element = next(element.iterchildren(W + tag), None)
    return element


def value(element: Element | None) -> str:
    """What an element's `val` says, "" for no element."""
    return "" if element is None else str(element.get(VAL, ""))


def is_on(switch: Element | None) -> bool:
    """A switch is on by standing there, unless it says otherwise."""
    return switch is not None and switch.get(VAL) not in _OFF


def chosen_of(alternate: Element) -> Element:
    """Word writes a text box twice, for new and old programs: one of the two is read."""
    with_text = (each for each in alternate if next(each.iter(*WORDS), None) is not None)
    return next(with_text, alternate[0] if len(alternate) else alternate)
