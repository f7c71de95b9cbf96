"""The Merkle tree against the definitions of RFC 9162, at every size up to 40."""

import hashlib

import pytest

from gross.domain.merkle import (
    EMPTY,
    consistency,
    inclusion,
    leaf,
    node,
    root,
)
from gross.verifier import Broken, root_by_inclusion, roots_by_growth

LEAVES = [leaf(bytes([number])) for number in range(40)]
SIZES = range(1, len(LEAVES) + 1)


def by_definition(leaves):
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


def test_the_root_is_the_one_of_the_definition():
    assert root([]) == EMPTY == hashlib.sha256(b"").digest()
    assert [root(LEAVES[:size]) for size in SIZES] == [by_definition(LEAVES[:n]) for n in SIZES]


def test_the_test_vector_of_the_certificate_transparency_project():
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    data.append("606162636465666768696a6b6c6d6e6f")
    leaves = [leaf(bytes.fromhex(each)) for each in data]

    assert root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert [each.hex()[:8] for each in consistency(leaves, 6)] == [
        "0ebc5d34",
        "ca854ea1",
        "d37ee418",
    ]


@pytest.mark.parametrize("size", SIZES)
def test_each_leaf_is_proved_and_no_other(size):
    leaves = LEAVES[:size]
    whole = root(leaves)
    for place, proof in enumerate(inclusion(leaves, range(size))):
        assert root_by_inclusion(leaves[place], place, size, proof) == whole
        assert root_by_inclusion(leaf(b"other"), place, size, proof) != whole
        with pytest.raises(Broken, match="too long"):
            root_by_inclusion(leaves[place], place, size, [*proof, whole])
        if proof:
            with pytest.raises(Broken, match="too short"):
                root_by_inclusion(leaves[place], place, size, proof[:-1])
        for elsewhere in (size, -1):
            with pytest.raises(Broken, match="outside"):
                root_by_inclusion(leaves[place], elsewhere, size, proof)


@pytest.mark.parametrize("size", SIZES)
def test_growth_is_proved_and_a_rewritten_past_is_not(size):
    leaves = LEAVES[:size]
    new = root(leaves)
    for earlier in range(1, size):
        old, proof = root(leaves[:earlier]), consistency(leaves, earlier)
        assert roots_by_growth(earlier, size, old, proof) == (old, new)
        forged = node(old, old)
        assert roots_by_growth(earlier, size, forged, proof) != (forged, new)
        with pytest.raises(Broken, match="too long"):
            roots_by_growth(earlier, size, old, [*proof, new])


def test_what_is_no_tree_is_refused():
    for earlier in (0, -1, 41):
        with pytest.raises(ValueError, match="earlier tree"):
            consistency(LEAVES, earlier)
        with pytest.raises(Broken, match="did not grow"):
            roots_by_growth(earlier, 40, EMPTY, [])
    with pytest.raises(Broken, match="is empty"):
        roots_by_growth(3, 5, EMPTY, [])
    with pytest.raises(Broken, match="too short"):
        roots_by_growth(2, 5, EMPTY, [])
