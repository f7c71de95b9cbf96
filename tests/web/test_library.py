"""The library's pages: found, read at its place, downloaded as a file, and never a 500."""

import json

import pytest
from sqlalchemy import event, select, text

from gross.store import ledger, originals, search
from gross.store.db import begin_write, db
from gross.store.flags import Flag, FlagPolicy, Scan
from gross.store.ledger import Deed
from gross.store.nominations import Nomination
from gross.store.policies import Edition, Policy
from tests.conftest import NOW
from tests.pages import PROBE


@pytest.fixture
def shelve(session, make_policy):
    """Give a maker of policies that can be searched."""

    def make(title="Badge colours", words="Every badge shall be blue.", **columns):
        policy = make_policy(title, words, **columns)
        search.put(session, policy, words)
        return policy

    return make


@pytest.fixture
def nurse(make_person):
    return make_person("Nurse")


@pytest.fixture
def steward(make_person):
    return make_person("Steward", roles="staff steward")


def rows_of(page):
    return ["".join(a.itertext()) for a in page.tree.xpath("//table//a[@class='t']")]


def test_an_empty_library_says_how_policies_come_in(pages_of, nurse):
    page = pages_of(nurse).get("/policies")

    assert "The library is empty." in page.text
    assert "gross import FOLDER" in page.text


def test_the_list_finds_marks_and_counts(pages_of, nurse, shelve):
    shelve("Hand Hygiene", "Wash your hands.", number="IC-014", next_review="2020-01")
    shelve("Linen", "Fold it.")

    page = pages_of(nurse).get("/policies?q=hand")

    assert rows_of(page) == ["Hand Hygiene"]
    assert "1 policy with “hand”" in page.text
    assert page.tree.xpath("//table//mark/text()") == ["Hand", "hands"]
    assert "January 2020 Overdue" in page.text


def test_a_search_opens_the_text_at_what_it_found(pages_of, nurse, shelve):
    shelve("Hand Hygiene", "Purpose of this.\nUse soap and water.\nDry with paper.")
    pages = pages_of(nurse)

    link = pages.get("/policies?q=water").tree.xpath("//table//a[@class='t']/@href")[0]
    page = pages.get(link)

    assert link.endswith("#here")
    (here,) = page.tree.xpath("//*[contains(@class, 'here')]")
    assert "".join(here.itertext()) == "Use soap and water."
    assert here.get("id") == "p17"
    assert here.xpath("./*/@id") == ["here"]


def test_every_state_is_an_address(pages_of, nurse, shelve):
    shelve("In force", department="Nursing", kind="procedure")
    shelve("Late", next_review="2020")
    shelve("Gone", retired_at=NOW, tombstone="Follow In force.")
    pages = pages_of(nurse)

    def listed(query):
        return rows_of(pages.get(f"/policies?{query}"))

    assert listed("") == ["In force", "Late", "Gone"]
    assert listed("state=in-force") == ["In force", "Late"]
    assert listed("state=overdue") == ["Late"]
    assert listed("state=retired") == ["Gone"]
    assert listed("department=Nursing&kind=procedure") == ["In force"]
    assert listed("sort=newest") == ["Late", "In force", "Gone"]
    (chip,) = pages.get("/policies?state=retired&q=badge").tree.xpath("//a[@aria-current]")[1:]
    assert chip.text == "Retired"
    assert "q=badge" in chip.get("href")


def test_nothing_found_offers_the_nearest_words(pages_of, nurse, shelve):
    shelve("Hand Hygiene")
    pages = pages_of(nurse)

    page = pages.get("/policies?q=hand+hygeine")

    assert "No policy fits." in page.text
    (link,) = page.tree.xpath("//a[text()='hand hygiene']")
    assert rows_of(pages.get(link.get("href"))) == ["Hand Hygiene"]


@pytest.mark.parametrize(
    "query",
    ["q=%22", "q=%00", "q=🙂", "q=" + "x" * 10_000, "page=abc", "page=-1", "page=" + "9" * 30,
     "page=²", "state=x&sort=x&kind=x", "_external=1&_scheme=javascript&_anchor=x", "q=NEAR(",
     "department=%27%22", "q=%ED%A0%80"],
)  # fmt: skip
def test_no_query_breaks_the_list(pages_of, nurse, shelve, query):
    shelve("Hand Hygiene")

    page = pages_of(nurse).get(f"/policies?{query}")

    assert page.status == 200
    assert "javascript:" not in page.source


def queries_for(pages, path):
    """How many statements a page takes."""
    seen = []

    def count(*_):
        seen.append(1)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert pages.get(path).status == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)


@pytest.mark.parametrize("path", ["/policies", "/policies?q=badge"])
def test_a_fuller_list_takes_no_more_queries(pages_of, nurse, shelve, path):
    shelve()
    pages = pages_of(nurse)
    few = queries_for(pages, path)
    begin_write(db.session)
    for n in range(60):
        shelve(f"Badge {n}", department=f"D{n}")
    db.session.commit()

    assert queries_for(pages, path) == few
    assert len(rows_of(pages.get(path))) == search.PAGE
    assert len(rows_of(pages.get(f"{path}{'&' if '?' in path else '?'}page=3"))) == 11


def test_what_files_and_people_wrote_is_escaped_everywhere(pages_of, steward, shelve, session):
    policy = shelve(
        f"Title {PROBE}", f"Text {PROBE}", number=PROBE, department=PROBE, owner=PROBE,
        retired_at=NOW, tombstone=PROBE,
    )  # fmt: skip
    edition = policy.current or session.get(Edition, policy.current_id)
    edition.fields = json.dumps({"version": PROBE})
    edition.warnings = json.dumps([PROBE])
    session.flush()
    pages = pages_of(steward)

    assert "<b>probe</b>" in pages.get(f"/policies/{policy.id}?at=2").text
    assert "<b>probe</b>" in pages.get("/policies?q=probe").text


def test_a_policys_page_shows_header_text_and_history(pages_of, nurse, shelve, session):
    policy = shelve("Hand Hygiene", "Wash.\nDry.", number="IC-014", owner="Infection Prevention")
    edition = session.get(Edition, policy.current_id)
    edition.dates = json.dumps({"next_review": "2028-05"})
    edition.fields = json.dumps({"supersedes": "IC-001"})
    edition.warnings = json.dumps(["A picture could not be read."])
    deed = Deed("command line", "add-policy", f"policy:{policy.id}", {}, {})
    ledger.append(session, deed, now=NOW)

    page = pages_of(nurse).get(f"/policies/{policy.id}")

    assert page.tree.xpath("//h1/text()") == ["Hand Hygiene"]
    for said in ("IC-014", "May 2028", "Infection Prevention", "IC-001",
                 "A picture could not be read.", "brought it into the library",
                 "23 November 2026, 08:00 UTC"):  # fmt: skip
        assert said in page.text
    assert page.tree.xpath("//p[contains(@class, 'passage')]/text()") == ["Wash.", "Dry."]
    (link,) = page.tree.xpath("//a[text()='Nominate this']/@href")
    assert link == f"/nominations/new?policy={policy.id}"


def test_a_retired_policys_page_begins_with_its_tombstone(pages_of, nurse, shelve, home, session):
    successor = shelve("Hand Hygiene", number="IC-020")
    policy = shelve("Hand Washing", retired_at=NOW, tombstone="One policy covers both.",
                    successor_id=successor.id)  # fmt: skip
    digest = originals.keep(home, b"Every badge shall be blue.")
    session.get(Edition, policy.current_id).digest = digest
    session.flush()
    pages = pages_of(nurse)

    page = pages.get(f"/policies/{policy.id}")

    assert page.text.index("Retired on 23 November 2026") < page.text.index("Every badge")
    assert "One policy covers both." in page.text
    assert page.tree.xpath("//a[text()='IC-020 Hand Hygiene']/@href") == [
        f"/policies/{successor.id}"
    ]
    assert not page.tree.xpath("//a[text()='Nominate this']")
    (link,) = page.tree.xpath("//a[text()='Download the original']/@href")
    with pages.client.get(link) as response:
        assert response.data == b"Every badge shall be blue."


@pytest.mark.parametrize(
    ("filename", "header"),
    [
        pytest.param("a.docx", "attachment; filename=a.docx", id="plain"),
        pytest.param("手卫生.docx", "filename*=UTF-8''%E6%89%8B%E5%8D%AB%E7%94%9F.docx", id="中文"),
        pytest.param('a"; x="b.html', "attachment; filename=", id="quotes"),
    ],
)
def test_an_original_comes_as_a_file_and_never_as_a_page(
    pages_of, nurse, shelve, home, session, filename, header
):
    policy = shelve()
    edition = session.get(Edition, policy.current_id)
    edition.digest = originals.keep(home, b"<script>alert(1)</script>")
    edition.filename = filename
    session.flush()

    with pages_of(nurse).client.get(f"/policies/{policy.id}/original") as response:
        assert response.data == b"<script>alert(1)</script>"
    assert header in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_original_that_is_lost_is_one_sentence(pages_of, nurse, shelve):
    policy = shelve()

    page = pages_of(nurse).get(f"/policies/{policy.id}/original")

    assert page.status == 409
    assert "The original file is missing from the home folder" in page.text


def test_an_earlier_edition_says_that_it_is_one(pages_of, nurse, shelve, session):
    policy = shelve("Badges", "New text.")
    session.add(Edition(policy_id=policy.id, digest="f" * 64, filename="a.txt", size_bytes=9,
                        text="Old text.", word_count=2, imported_at=NOW))  # fmt: skip
    session.flush()
    old = session.scalars(select(Edition).where(Edition.digest == "f" * 64)).one()
    other = shelve()
    pages = pages_of(nurse)

    page = pages.get(f"/policies/{policy.id}/editions/{old.id}")

    assert "This is an earlier edition" in page.text
    assert pages.get(f"/policies/{other.id}/editions/{old.id}").status == 404


@pytest.mark.parametrize("at", ["0", "6", "999999", "-1", "x", "9" * 40, "²"])
def test_any_place_in_a_text_can_be_asked_for(pages_of, nurse, shelve, at):
    policy = shelve("Badges", "Blue.\nGreen.")

    page = pages_of(nurse).get(f"/policies/{policy.id}?at={at}")

    here = [e.get("id") for e in page.tree.xpath("//*[contains(@class, 'here')]")]
    assert page.status == 200
    assert here == {"0": ["p0"], "6": ["p6"], "999999": ["p6"], "9" * 40: ["p6"]}.get(at, [])


def test_a_long_text_comes_in_pages_and_opens_at_the_right_one(pages_of, nurse, shelve):
    lines = [f"Line {n}." for n in range(900)]
    words = "\n".join(lines)
    policy = shelve("Manual", words)
    pages = pages_of(nurse)

    page = pages.get(f"/policies/{policy.id}?at={words.index('Line 850.')}")

    shown = [e.text_content() for e in page.tree.xpath("//p[contains(@class, 'passage')]")]
    assert shown == lines[800:]
    assert "Page 3 of 3" in page.text


def test_flags_and_nominations_stand_on_the_page(pages_of, nurse, make_person, shelve, session):
    policy = shelve("Badges")
    session.add(Scan(id=1, began_at=NOW))
    session.flush()
    subjects = [FlagPolicy(position=0, policy_id=policy.id)]
    session.add(Flag(id=7, key="k", detector="d", detector_version=1, kind="outdated", score=0.9,
                     sentence="It cites a form withdrawn in 2016.", passages="[]", editions="[]",
                     first_seen_at=NOW, scan_id=1, subjects=subjects))  # fmt: skip
    session.add(Nomination(policy_id=policy.id, nominator_id=nurse.id, what="Badge rules",
                           why="Nobody looks.", submitted_at=NOW, moved_at=NOW))  # fmt: skip
    session.flush()
    path = f"/policies/{policy.id}"
    reviewer = make_person("Reviewer", roles="staff compliance")

    as_nurse, as_reviewer = pages_of(nurse).get(path), pages_of(reviewer).get(path)

    assert "Outdated It cites a form withdrawn in 2016." in as_nurse.text
    assert not as_nurse.tree.xpath("//a[contains(@href, '/flags')]")
    assert as_reviewer.tree.xpath("//main//a[contains(@href, '/flags')]/@href") == ["/flags?flag=7"]
    assert as_nurse.tree.xpath("//main//a[contains(@href, '/nominations/1')]")


def test_the_steward_puts_a_policy_on_hold_and_only_some_read_why(
    pages_of, nurse, steward, make_person, shelve
):
    policy = shelve("Badges")
    auditor = make_person("Auditor", roles="staff auditor")
    path = f"/policies/{policy.id}"
    by_steward, by_nurse, by_auditor = pages_of(steward), pages_of(nurse), pages_of(auditor)

    page = by_steward.press(by_steward.get(path), "Put it under a hold", matter="Claim 17")

    assert "The policy is under a legal hold." in page.text
    assert "Claim 17" in page.text
    assert "Claim 17" in by_auditor.get(path).text
    assert "Legal hold" in by_nurse.get(path).text
    assert "Claim 17" not in by_nurse.get(path).source
    lifted = by_steward.press(page, "Lift it", matter="Settled")
    assert "The legal hold is lifted." in lifted.text
    verbs = [entry.verb for entry, _ in ledger.rows(db.session())]
    assert verbs == ["hold", "lift-hold"]


def test_a_hold_without_words_is_asked_again_and_changes_nothing(pages_of, steward, shelve):
    policy = shelve("Badges")
    pages = pages_of(steward)

    page = pages.press(pages.get(f"/policies/{policy.id}"), "Put it under a hold", matter=" ")

    assert page.status == 422
    assert "Say what the legal hold is about." in page.text
    db.session.rollback()
    assert not db.session.get(Policy, policy.id).legal_hold
    assert ledger.head(db.session())[0] == 0


def test_nobody_but_the_steward_sets_a_hold(pages_of, make_person, shelve):
    policy = shelve("Badges")
    reviewer = pages_of(make_person("Reviewer", roles="staff compliance admin"))

    assert reviewer.post(f"/policies/{policy.id}/hold", {"matter": "x"}).status == 403
    assert "Put under a legal hold" not in reviewer.get(f"/policies/{policy.id}").text


@pytest.mark.parametrize(
    "path", ["/policies/99", "/policies/9223372036854775808", "/policies/99/original",
             "/policies/99/editions/1", "/policies/1/editions/99", "/imports/99"]
)  # fmt: skip
def test_what_does_not_exist_is_404(pages_of, make_person, path):
    assert pages_of(make_person(roles="staff admin")).get(path).status == 404


def test_the_index_and_the_library_hold_the_same_policies(session, shelve):
    shelve("One")
    shelve("Two")

    ids = session.scalars(text("SELECT rowid FROM policy_words ORDER BY rowid")).all()
    assert ids == session.scalars(select(Policy.id).order_by(Policy.id)).all()
