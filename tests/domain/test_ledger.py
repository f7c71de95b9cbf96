from dataclasses import replace

import pytest

from gross.domain.ledger import GENESIS, Entry, canonical, commitment, first_break, seal


@pytest.fixture
def chain():
    rows, previous = [], GENESIS
    for seq in range(1, 5):
        entry = Entry(seq, "2026-11-23T08:00:00+00:00", "person:7", "vote", f"ballot:{seq}", {})
        previous = seal(previous, entry)
        rows.append((entry, previous))
    return rows


def test_a_whole_chain_has_no_break(chain):
    assert first_break(chain) is None
    assert first_break([]) is None


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize(
    "change",
    [
        {"actor": "person:8"},
        {"at": "2026-11-23T08:00:01+00:00"},
        {"verb": "Vote"},
        {"subject": "ballot:9"},
        {"detail": {"choice": "keep"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_entry_breaks_the_chain_there(chain, at, change):
    entry, sealed = chain[at]
    chain[at] = (replace(entry, **change), sealed)
    assert first_break(chain) == at + 1


@pytest.mark.parametrize("at", range(3))
def test_a_removed_entry_breaks_the_chain_there(chain, at):
    del chain[at]
    assert first_break(chain) == at + 1


@pytest.mark.parametrize("at", range(3))
def test_swapped_entries_break_the_chain_there(chain, at):
    chain[at], chain[at + 1] = chain[at + 1], chain[at]
    assert first_break(chain) == at + 1


def test_the_format_is_frozen():
    """The format is a promise to everyone who kept an old export."""
    entry = Entry(
        1, "2026-11-23T08:00:00+00:00", "person:7", "nominate", "nomination:1", {"why": "Ärger"}
    )

    assert canonical(entry).decode() == (
        '{"actor":"person:7","at":"2026-11-23T08:00:00+00:00","detail":{"why":"Ärger"},"seq":1,'
        '"subject":"nomination:1","verb":"nominate"}'
    )
    assert (
        seal(GENESIS, entry).hex()
        == "f69c173bb8e9334f96c5ae2036b4da9d3b685666da7371db64ddde8ce3d2c6eb"
    )


def test_a_commitment_is_frozen_and_needs_its_salt():
    assert (
        commitment(bytes(32), "Ärger")
        == "a40bf525cf6e1fe7b1c4e3d3f6df472cf59864abaa24d08a20d15a6f46240036"
    )
    assert commitment(bytes(31) + b"\1", "Ärger") != commitment(bytes(32), "Ärger")
