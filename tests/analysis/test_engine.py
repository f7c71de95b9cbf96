"""The engine's promises: exact offsets, no shared run missed, blobs that hold what they should."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gross.analysis.alignment import align, page
from gross.analysis.boilerplate import cap
from gross.analysis.fingerprints import SURE_RUN_WORDS, fingerprints
from gross.analysis.knowledge.superseded_terms import terms
from gross.analysis.prepared import PIPELINE_VERSION, is_current, opened, prepare, word_count
from gross.analysis.relations import of
from gross.analysis.scan import scan
from gross.analysis.sentences import sentence_around, trimmed
from gross.analysis.types import Span
from gross.analysis.words import words
from gross.domain.passage import Passage, PassageKind
from tests.analysis.makers import make_document, make_library, prose, text

ANY_TEXT = st.text(max_size=300)
SMALL = st.lists(
    st.sampled_from(["wash", "hands", "before", "Ärzte", "NUR-231", "🧼"]), max_size=80
)


def told(content):
    read = words(content)
    return [content[a:b] for a, b in zip(read.starts.tolist(), read.ends.tolist(), strict=True)]


@given(ANY_TEXT)
def test_words_lie_in_order_inside_any_text(content):
    read = words(content)

    assert len(read.hashes) == len(read.starts) == len(read.ends)
    assert (read.starts < read.ends).all()
    assert (read.ends[:-1] <= read.starts[1:]).all()
    assert not len(read.ends) or read.ends[-1] <= len(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("Wash hands!", ["Wash", "hands"], id="plain"),
        pytest.param("🧼 Wash – “hands”", ["Wash", "hands"], id="beyond the basic plane"),
        pytest.param("Ärzte müssen", ["Ärzte", "müssen"], id="accents"),
        pytest.param("手指衛生", list("手指衛生"), id="Chinese, a word a character"),
        pytest.param("the patient’s staff's", ["the", "patient’s", "staff's"], id="apostrophes"),
        pytest.param(
            "4.1.2 Wash\n b) hands\n3. 24 hours", ["Wash", "hands", "24", "hours"], id="numbering"
        ),
        pytest.param(
            "24 hours\n5 mg", ["24", "hours", "5", "mg"], id="numbers that are no numbering"
        ),
        pytest.param("a\x00b\r\nc", ["a", "b", "c"], id="NUL and CRLF"),
    ],
)
def test_words(content, expected):
    assert told(content) == expected


def test_case_accents_and_apostrophes_fold_away():
    plain = words("Arzte mussen patients eile").hashes
    decomposed = unicodedata.normalize("NFD", "ÄRZTE Müssen patient’s éile")

    assert (plain == words(decomposed).hashes).all()
    assert (plain == words(unicodedata.normalize("NFC", decomposed)).hashes).all()


def test_header_passages_leave_no_words():
    content = "Owner: Jane\nWash hands"

    blob = prepare(content, (Passage(0, 11, PassageKind.HEADER),))

    assert word_count(blob) == 2
    assert opened(blob).words.starts.tolist() == [12, 17]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 10**6))
def test_a_shared_run_of_twelve_words_is_always_seen(before, behind, seed):
    shared = prose(f"shared {seed}", SURE_RUN_WORDS)
    one = " ".join([*prose(f"a{seed}", before), *shared, *prose(f"b{seed}", behind)])
    two = " ".join([*prose(f"c{seed}", behind), *shared, *prose(f"d{seed}", before)])

    prints, _ = fingerprints(words(one).hashes)
    others, _ = fingerprints(words(two).hashes)

    assert set(prints.tolist()) & set(others.tolist())


@settings(max_examples=60, deadline=None)
@given(SMALL, SMALL)
def test_alignment_stays_inside_and_agrees_with_itself(one, two):
    pages = []
    for each in (one, two):
        hashes = words(" ".join(each)).hashes
        pages.append(page(hashes, np.zeros(len(hashes), np.bool_)))

    found = align(*pages)

    for a_from, a_to, b_from, b_to, _ in found.regions.tolist():
        assert 0 <= a_from < a_to <= len(pages[0].plain)
        assert 0 <= b_from < b_to <= len(pages[1].plain)
    assert all(0 <= share <= 1 for share in found.cover)
    assert (found.evidence > 0) <= bool(len(found.regions))


@given(ANY_TEXT)
def test_a_blob_holds_the_same_again(content):
    blob = prepare(content)
    read, again = opened(blob), words(content)

    assert is_current(blob)
    assert blob == prepare(content)
    assert word_count(blob) == len(again.hashes)
    assert (read.words.hashes == again.hashes).all()
    assert (read.words.starts == again.starts).all()
    assert (read.words.line_to == again.line_to).all()


def test_blobs_of_other_versions_and_broken_ones_are_not_current():
    blob = prepare("Wash hands.")
    older = blob[:4] + (PIPELINE_VERSION + 1).to_bytes(2, "little") + blob[6:]

    assert not is_current(b"")
    assert not is_current(blob[:-1])
    assert not is_current(older)
    assert not is_current(b"X" + blob[1:])


def test_matches_quote_the_same_words_from_both_sides():
    shared = text("shared 🧼", 60).replace("a", "ä")
    one = make_document(1, f"🧼🧼 {text('one', 60)}\n{shared}")
    two = make_document(2, f"{text('two', 30)}\n{shared}\n👩🏽‍⚕️ {text('three', 60)}")

    (relation,) = of(make_library(one, two))

    (match,) = relation.matches
    assert one.text[match.a.start : match.a.end] == shared.rstrip(".")
    assert two.text[match.b.start : match.b.end] == shared.rstrip(".")


@pytest.mark.parametrize(
    ("families", "most"), [(1, 6), (100, 6), (111, 6), (112, 7), (256, 16), (10_000, 16)]
)
def test_the_cap_on_boilerplate_grows_with_the_library(families, most):
    assert cap(families) == most


def test_a_scan_gives_the_same_whatever_the_order_and_with_kept_blobs():
    documents = [
        make_document(n, text(n % 7, 90) + text(n, 40), dates={"next_review": "2020"})
        for n in range(30)
    ]
    library = make_library(*documents, terms=terms())
    kept = {document.digest: prepare(document.text) for document in documents[:10]}

    first = scan(library).findings

    assert first == scan(make_library(*reversed(documents), terms=terms())).findings
    assert first == scan(replace(library, prepared=kept)).findings


def test_a_scan_tells_its_progress_words_and_seconds():
    heard = []
    times = iter(range(1000))

    result = scan(
        make_library(make_document(1, "Wash hands.")),
        lambda stage, done, total: heard.append((stage, done, total)),
        clock=lambda: next(times),
    )

    assert heard[0] == ("prepare", 0, 1)
    assert heard[-1] == ("done", 1, 1)
    assert all(0 <= done <= total for _, done, total in heard)
    assert result.words == 2
    assert set(result.seconds_by_stage) == {stage for stage, _, _ in heard} - {"done"}
    assert set(result.seconds_by_stage.values()) == {1}


def test_forty_sites_are_families_while_common_sentences_stay_boilerplate():
    standard = text("standard", 60)
    documents = [
        make_document(100 * policy + site, f"{text(policy, 200)}\nSite {site}.\n{standard}")
        for policy in range(12)
        for site in range(40)
    ]

    findings = scan(make_library(*documents)).findings

    families = sorted(sorted(finding.policies) for finding in findings)
    assert families == [[100 * policy + site for site in range(40)] for policy in range(12)]


def test_sentences_end_at_lines_and_full_stops_but_not_at_short_forms():
    content = "Title\nCall Dr. Smith at once. Then wait. Go home.\nNext line"
    at = content.index("Smith")

    span = sentence_around(content, at, at + 5)

    assert content[span.start : span.end] == "Call Dr. Smith at once."


@given(ANY_TEXT, st.integers(0, 300), st.integers(0, 300))
def test_trimming_never_leaves_the_text_or_cuts_a_word(content, start, length):
    start = min(start, len(content))
    end = min(len(content), start + length)

    span = trimmed(content, start, end)

    assert isinstance(span, Span)
    assert 0 <= span.start <= len(content)
    if span.start < span.end:
        assert content[span.start].isalnum()
        assert not (span.start and content[span.start - 1].isalnum())
        whole = span.end == len(content) or not content[span.end].isalnum()
        assert whole or not content[span.end - 1].isalnum()
