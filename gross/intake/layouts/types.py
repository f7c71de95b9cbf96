"""How a policy manager lays out what it exports: names of its list and columns, and file names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layout:
    """Data, no code. All labels are in small letters, single spaces, without ":" and "*".

    `columns`: field to labels, the preferred first; they are asked before the general patterns.
    `telling`: labels that other lists rarely have; two of them tell the layout.
    `sheet`: what its list is called. `version`: a file name with groups `stem`, `version` and
    `extension`; of one stem only the newest is taken. `ignored`: values of "item type" that are no
    policies.
    """

    name: str
    label: str
    says: str  # one sentence for whoever chooses it
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()
    sheet: re.Pattern[str] | None = None
    version: re.Pattern[str] | None = None
    ignored: frozenset[str] = frozenset()
