"""Clusters: policies that flags tie together, so that a person settles them at once.

Policies that say much the same are never parted. Where weaker ties (a shared passage, a conflict)
chain more than MOST_TOGETHER policies, they are parted where the fewest ties are cut (Louvain:
Blondel et al. 2008, with a fixed seed).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from gross.analysis.types import Kind

TYING = (Kind.CONFLICTING, Kind.REDUNDANT, Kind.CONTAINED, Kind.OVERLAPPING)
STRONG = frozenset({Kind.REDUNDANT, Kind.CONTAINED})
MOST_TOGETHER = 40  # policies that a person can settle in one go
_SEED = 1


@dataclass(frozen=True, slots=True)
class Tie:
    """A flag on two or more policies, in the flag's order: the head of a family of copies first;
    or what stands inside, then what it stands in, then copies of either.
    """

    flag: int
    kind: Kind
    policies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """What ranking asks of a policy. `last_reviewed`: ISO 8601 as far as known, or ""."""

    words: int
    last_reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """`policies`: the suggested primary, then the copies that it covers, then the others."""

    policies: tuple[int, ...]
    copies: tuple[int, ...]
    flags: tuple[int, ...]
    kinds: Mapping[str, int]  # flags by kind
    words: int  # of the copies: what would go

    @property
    def primary(self) -> int:
        return self.policies[0]

    @property
    def address(self) -> int:
        """The policy by which the cluster is called, whatever else is answered in it."""
        return min(self.policies)


def clusters(ties: Iterable[Tie], members: Mapping[int, Member]) -> tuple[Cluster, ...]:
    """Give all clusters, first the one whose copies hold the most words; then by conflicts, flags.

    Cost: linear in ties, but for the parting of a component that is too large.
    """
    kept = [tie for tie in ties if tie.kind in TYING and len(tie.policies) > 1]
    parts = list(_parts(kept))
    part_of = {policy: number for number, part in enumerate(parts) for policy in part}
    tied: dict[int, list[Tie]] = defaultdict(list)
    for tie in kept:
        votes = Counter(part_of[policy] for policy in tie.policies)
        tied[max(votes, key=lambda number: (votes[number], -number))].append(tie)
    found = [_cluster(parts[number], its, members) for number, its in tied.items()]
    return tuple(sorted(found, key=_rank))


def _rank(cluster: Cluster) -> tuple[int, int, int, int]:
    conflicts = cluster.kinds.get(Kind.CONFLICTING, 0)
    return (-cluster.words, -conflicts, -len(cluster.flags), cluster.address)


def pairs(tie: Tie) -> Iterator[tuple[int, int]]:
    """The pairs a tie is drawn with: its first policy and each other."""
    return ((tie.policies[0], other) for other in tie.policies[1:])


def _parts(ties: Sequence[Tie]) -> Iterator[frozenset[int]]:
    graph = _graph(ties)
    strong = _graph([tie for tie in ties if tie.kind in STRONG])
    for component in nx.connected_components(graph):
        if len(component) <= MOST_TOGETHER:
            yield frozenset(component)
        else:
            yield from _parted(graph.subgraph(component), strong)


def _parted(graph: nx.Graph, strong: nx.Graph) -> Iterator[frozenset[int]]:
    """Part a tangle by its weak ties; each block of strong ties counts as one policy."""
    block_of = {policy: policy for policy in graph}
    for block in nx.connected_components(strong.subgraph(graph)):
        block_of.update(dict.fromkeys(block, min(block)))
    blocks = nx.Graph()
    blocks.add_nodes_from(sorted(set(block_of.values())))
    for a, b in sorted(map(sorted, graph.edges)):
        if block_of[a] != block_of[b]:
            many = blocks.get_edge_data(block_of[a], block_of[b], {"weight": 0})["weight"]
            blocks.add_edge(block_of[a], block_of[b], weight=many + 1)
    for part in nx.community.louvain_communities(blocks, seed=_SEED):
        yield frozenset(policy for policy, block in block_of.items() if block in part)


def _graph(ties: Iterable[Tie]) -> nx.Graph:
    graph = nx.Graph()
    for tie in ties:
        graph.add_edges_from(pairs(tie))
    return graph


def _cluster(part: frozenset[int], ties: list[Tie], members: Mapping[int, Member]) -> Cluster:
    covered = _covered(part, ties)

    def worth(policy: int) -> tuple[int, str, int, int]:
        own = members.get(policy, Member(0))
        return len(covered[policy]), own.last_reviewed, own.words, -policy

    primary = max(part, key=worth)
    copies = tuple(sorted(covered[primary]))
    others = sorted(part - {primary, *copies})
    return Cluster(
        (primary, *copies, *others),
        copies,
        tuple(sorted(tie.flag for tie in ties)),
        dict(Counter(str(tie.kind) for tie in ties)),
        sum(members[policy].words for policy in copies if policy in members),
    )


def _covered(part: frozenset[int], ties: Iterable[Tie]) -> dict[int, frozenset[int]]:
    """For each policy, those whose text stands in it, directly or by way of another copy."""
    stands_in = nx.DiGraph()
    stands_in.add_nodes_from(part)
    for tie in ties:
        if tie.kind is Kind.CONTAINED:
            stands_in.add_edge(*tie.policies[:2])
        if tie.kind is Kind.REDUNDANT:
            for a, b in pairs(tie):
                stands_in.add_edges_from(((a, b), (b, a)))
    return {policy: frozenset(nx.ancestors(stands_in, policy)) & part for policy in part}
