"""The layouts that are known: one file each, one name in ALL. The first is for everything else."""

from __future__ import annotations

from collections.abc import Iterable

from gross.intake.layouts import plain, policystat, policytech, sharepoint
from gross.intake.layouts.types import Layout

ALL: tuple[Layout, ...] = (
    plain.LAYOUT,
    policystat.LAYOUT,
    policytech.LAYOUT,
    sharepoint.LAYOUT,
)
NAMES = tuple(layout.name for layout in ALL)


def named(name: str) -> Layout:
    """The layout of that name; any other name gives the plain one."""
    return next((layout for layout in ALL if layout.name == name), ALL[0])


def by_labels(labels: Iterable[str]) -> Layout:
    """The layout that two of its telling labels give away, else the plain one."""
    here = set(labels)
    best = max(ALL, key=lambda layout: len(layout.telling & here))
    return best if len(best.telling & here) >= 2 else ALL[0]


def is_sheet(filename: str) -> bool:
    """Whether some layout calls its list so."""
    return any(each.sheet is not None and each.sheet.fullmatch(filename) for each in ALL)
