"""What stands only in one of several policies."""

from __future__ import annotations

from gross.analysis.types import Document
from gross.analysis.unique import shares
from gross.domain.passage import Passage, PassageKind

HANDS = "Wash both hands with soap and water for twenty seconds."
NAILS = "Artificial nails are not worn by staff who touch patients."
LOG = "Each nurse signs the paper log at the end of every shift."
REWORDED = "Cleaning of hands takes water, soap and some twenty seconds."


def policy(number, *lines, kind=PassageKind.PARAGRAPH):
    text, passages = "", []
    for line in lines:
        passages.append(Passage(len(text), len(text) + len(line), kind))
        text += line + "\n"
    return Document(number, f"{number:064x}", "", "", text, tuple(passages))


def own(documents, number):
    document = next(each for each in documents if each.policy_id == number)
    return [document.text[s.start : s.end] for s in shares(documents)[number].own]


def test_each_is_told_what_only_it_says_and_what_it_shares_with_whom():
    documents = [policy(1, HANDS, NAILS, LOG), policy(2, HANDS, NAILS), policy(3, NAILS)]
    found = shares(documents)
    assert own(documents, 1) == [LOG]
    assert own(documents, 2) == []
    assert found[1].with_others == {2: 2, 3: 1}
    assert found[3].with_others == {1: 1, 2: 1}
    assert [found[each].passages for each in (1, 2, 3)] == [3, 2, 1]


def test_half_of_the_words_make_a_passage_stand_elsewhere():
    documents = [
        policy(1, "one two three four five six seven eight"),
        policy(2, "one two three four nine ten eleven twelve"),
        policy(3, "one two three nine ten six seven eight"),
    ]
    assert own(documents, 1) == []
    assert own(documents, 3) == ["one two three nine ten six seven eight"]


def test_reworded_passages_count_as_their_own():
    documents = [policy(1, HANDS), policy(2, REWORDED)]
    assert own(documents, 2) == [REWORDED]


def test_headings_and_labels_are_no_passages():
    documents = [policy(1, "Purpose and scope", LOG), policy(2, HANDS, kind=PassageKind.HEADING)]
    found = shares(documents)
    assert (found[1].passages, found[2].passages) == (1, 0)


def test_odd_texts_are_no_trouble():
    documents = [policy(1), policy(2, ""), policy(3, "\x00 a"), policy(4, "word " * 50_000)]
    assert set(shares(documents)) == {1, 2, 3, 4}
    assert shares([]) == {}
