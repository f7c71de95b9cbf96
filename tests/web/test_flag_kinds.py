"""Every kind of flag works in the queue, its filters and the comparison; many flags stay cheap."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import event, insert

from gross.store.db import db
from gross.store.flag_queue import KINDS
from gross.store.flags import Flag, FlagPolicy
from gross.store.measures import Measure
from tests.conftest import NOW

A = "Hands are washed for 20 seconds."
B = "The team may use the rub; a wash of 40 seconds comes first thing in the morning."


@pytest.fixture
def reviewer(make_person):
    return make_person("Robin Reviewer", roles="staff compliance")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_filtered_and_answered(
    pages_of, reviewer, make_flag, make_policy, kind
):
    one = make_policy("Faxing", "Fax it.", number="HIM-1")
    flag = make_flag(one, kind=kind, sentence="It is so.")
    make_flag(kind="redundant" if kind != "redundant" else "outdated")
    flag_id = flag.id
    pages = pages_of(reviewer)

    page = pages.get(f"/flags?kind={kind}")
    assert page.tree.xpath("string(//section[contains(@class, 'pane')]//h2)") == "Faxing"
    assert "1 flag in this list" in page.text
    assert page.tree.xpath(f"//nav[@aria-label='Kind']/a[@aria-current][contains(@href, '{kind}')]")
    done = pages.press(page, "Confirm")
    assert f"answered={flag_id}" in done.path


def test_a_conflict_shows_its_own_passages_before_the_comparison(
    pages_of, reviewer, make_flag, make_policy
):
    a = make_policy("Hand Hygiene", f"{A}\nNails are short.", number="IC-1")
    b = make_policy("Theatre", f"{B}\nNails are short.", number="OR-2")
    flag = make_flag(a, b, kind="conflicting", sentence="20 seconds against 40 seconds.")
    sides = [{"start": 0, "end": len(text), "text": text} for text in (A, B)]
    flag.passages = json.dumps([{"of": [0, 1], "a": sides[0], "b": sides[1]}])
    pages = pages_of(reviewer)

    page = pages.get(f"/flags/{flag.id}/compare")

    assert "20 seconds against 40 seconds." in page.text
    quotes = page.tree.xpath("//section[@aria-labelledby='conflict']//blockquote/text()")
    assert [quote.strip() for quote in quotes] == [A, B]
    turned = pages.get(f"/flags/{flag.id}/compare?a={b.id}&b={a.id}")
    quotes = turned.tree.xpath("//section[@aria-labelledby='conflict']//blockquote/text()")
    assert [quote.strip() for quote in quotes] == [B, A]


def test_other_kinds_have_no_such_part(pages_of, reviewer, make_flag):
    flag = make_flag(kind="overlapping")
    page = pages_of(reviewer).get(f"/flags/{flag.id}/compare")
    assert "Where they conflict" not in page.text


def test_ten_thousand_flags_are_counted_by_the_database(pages_of, reviewer, make_flag, session):
    """No row but those of the page is loaded, and the number of queries is that of one flag."""

    def asked(path):
        seen, loaded = [], []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        load = lambda target, context: loaded.append(target)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        event.listen(Flag, "load", load)
        assert pages.get(path).status == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        event.remove(Flag, "load", load)
        return len(seen), len(loaded)

    first = make_flag(kind="conflicting", score=1.0)
    policies, scan_id = [policy.id for policy in first.policies], first.scan_id
    pages = pages_of(reviewer)
    paths = ("/flags", "/clusters", "/library/map", "/detectors")
    few = {path: asked(path)[0] for path in paths}
    db.session.execute(insert(Flag), [_row(number, scan_id) for number in range(10_000)])
    db.session.execute(
        insert(FlagPolicy),
        [
            {"flag_id": first.id + 1 + number, "position": position, "policy_id": policy}
            for number in range(10_000)
            for position, policy in enumerate(policies)
        ],
    )
    db.session.commit()

    for path in paths:
        queries, loaded = asked(path)
        assert queries == few[path], path
        assert loaded <= 25, path


def _row(number, scan_id):
    return {
        "key": f"many{number:060d}",
        "detector": "shared_passage",
        "detector_version": 1,
        "kind": KINDS[number % len(KINDS)],
        "score": 0.5,
        "sentence": "They share a passage.",
        "passages": "[]",
        "editions": "[]",
        "state": "open",
        "first_seen_at": NOW,
        "scan_id": scan_id,
    }


def test_the_queue_stands_by_what_retiring_would_give_back(
    session, pages_of, make_person, make_policy, make_flag
):
    """Of policies that say the same, all but the longest would go; what is mended stays."""
    sizes = {"long": 900, "middle": 500, "short": 100, "alone": 300, "apart": 5000}
    made = {name: make_policy(name.capitalize(), "Wash.") for name in sizes}
    for name, policy in made.items():
        session.add(
            Measure(
                edition_id=policy.current_id, version=1, words=sizes[name], grade=0, obligations=0,
                per_page=0, offices=0, records=0, doubled=0, detail="{}",
            )
        )  # fmt: skip
    copies = make_flag(made["short"], made["long"], made["middle"], kind="redundant").id
    inside = make_flag(made["long"], made["apart"], kind="contained").id
    nothing = make_flag(made["long"], made["apart"], kind="overlapping").id
    alone = make_flag(made["alone"], kind="outdated").id
    pages = pages_of(make_person(roles="staff compliance"))

    page = pages.get("/flags?order=words")

    shown = [int(value) for value in page.tree.xpath("//input[@name='flag']/@value")]
    assert shown == [inside, copies, nothing, alone]
    says = [each.text_content() for each in page.tree.xpath("//ul[@class='list']/li")]
    assert "900 words to give back" in says[0]
    assert "600 words to give back" in says[1]
    assert "give back" not in says[2] + says[3]
    following = page.tree.xpath("//a[@data-key='j']/@href")[0]
    assert f"flag={copies}" in following
    assert "order=words" in following
    back = pages.get(following).tree.xpath("//a[@data-key='k']/@href")[0]
    assert f"flag={inside}" in back
    usual = pages.get("/flags?order=nonsense").tree.xpath("//input[@name='flag']/@value")
    assert [int(value) for value in usual] == [copies, inside, nothing, alone]
