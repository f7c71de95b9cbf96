"""The overlap map: policies as dots, flags between them as lines; and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from gross.actions import clusters as acts
from gross.analysis.clusters import TYING, Cluster, Tie, clusters, pairs
from gross.analysis.types import Kind
from gross.store import clusters as stored
from gross.store.db import db
from gross.store.policies import Policy
from gross.web.compliance import READERS
from gross.web.edge import Answer, open_to

bp = Blueprint("library_map", __name__)
MOST_POLICIES = 120  # on the map; more cannot be told apart
MOST_LINES = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A flag between two policies. One on many policies is drawn from its first to each other."""

    flag: int
    kind: Kind
    a: Policy
    b: Policy

    @property
    def url(self) -> str:
        return url_for("compare.flag", flag_id=self.flag, a=self.a.id, b=self.b.id)


@bp.get("/library/map")
@open_to(*READERS)
def overlaps() -> Answer:
    session = db.session()
    found = acts.ties(session)
    counts = {kind: sum(tie.kind is kind for tie in found) for kind in TYING}
    kind = next((each for each in TYING if each == request.args.get("kind")), None)
    drawn = [tie for tie in found if kind is None or tie.kind is kind]
    largest = sorted(clusters(drawn, {}), key=lambda each: (-len(each.policies), each.address))
    shown = fitting(largest)
    policies = stored.policies(session, shown)
    lines = [
        Line(tie.flag, tie.kind, policies[a], policies[b]) for tie, a, b in _drawn(drawn, shown)
    ]
    return render_template(
        "library/map.html",
        kind=kind,
        counts=counts,
        total=len(found),
        lines=lines[:MOST_LINES],
        more_lines=max(0, len(lines) - MOST_LINES),
        policies=len(policies),
        all_policies=sum(len(each.policies) for each in largest),
        most=MOST_POLICIES,
        data=_data(lines[:MOST_LINES], shown),
    )


def fitting(largest: Iterable[Cluster]) -> dict[int, int]:
    """Policy to cluster, the largest clusters first, up to MOST_POLICIES; one that does not fit is
    left out whole, but for the first.
    """
    shown: dict[int, int] = {}
    for each in largest:
        if not shown:
            shown.update(dict.fromkeys(each.policies[:MOST_POLICIES], each.address))
        elif len(shown) + len(each.policies) <= MOST_POLICIES:
            shown.update(dict.fromkeys(each.policies, each.address))
    return shown


def _drawn(ties: Iterable[Tie], shown: dict[int, int]) -> Iterable[tuple[Tie, int, int]]:
    """Lines of shown policies, cluster by cluster."""
    found = [(tie, a, b) for tie in ties for a, b in pairs(tie) if a in shown and b in shown]
    order = {cluster: place for place, cluster in enumerate(dict.fromkeys(shown.values()))}
    return sorted(found, key=lambda line: (order[shown[line[1]]], TYING.index(line[0].kind)))


def _data(lines: Iterable[Line], shown: dict[int, int]) -> dict[str, object]:
    """What the script draws: dots with their cluster's page, lines with their comparison's."""
    lines = list(lines)
    dots = {policy.id: policy for line in lines for policy in (line.a, line.b)}
    return {
        "dots": [
            {
                "id": f"p{policy.id}",
                "name": policy.number or policy.title,
                "title": policy.label,
                "url": url_for("clusters.cluster", policy_id=policy.id),
                "cluster": shown[policy.id],
            }
            for policy in dots.values()
        ],
        "lines": [
            {
                "source": f"p{line.a.id}",
                "target": f"p{line.b.id}",
                "kind": line.kind,
                "title": f"{line.kind}: {line.a.label} and {line.b.label}",
                "url": line.url,
            }
            for line in lines
        ],
    }
