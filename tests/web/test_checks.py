"""Before you publish: a draft is answered on the page that asked, and nothing of it stays."""

from __future__ import annotations

import hashlib
import threading
from contextvars import Context
from io import BytesIO

import pytest
from sqlalchemy import text

from gross.store.db import db
from gross.web import checking, checks
from tests.pages import PROBE

ROUNDS = (
    "Nurses round on every patient of the unit and ask about pain, position and the toilet.\n"
    "The nurse rounds every 2 hours by day and by night and signs the log at the bedside.\n"
    "A patient who sleeps is not woken; the nurse notes that the patient slept.\n"
    "The charge nurse reads the log at the end of each shift and speaks with the team about it."
)
DRAFT = (
    "Rounding in the new tower\n\n" + ROUNDS.replace("2 hours", "6 hours") + "\nSee policy NUR-199."
)


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """A busy machine must not turn a quick answer into one that is sent as it comes."""
    monkeypatch.setattr(checks, "QUICK_SECONDS", 60.0)


@pytest.fixture
def nurse(make_person, make_policy):
    make_policy("Hourly Rounding", ROUNDS, number="NUR-100")
    make_policy("Badges", "Badges are blue.", number="NUR-101")
    return make_person()


def send(pages, **fields):
    """Send the form of the page as a browser without scripts does."""
    fields = {"file": (BytesIO(b""), ""), **fields}  # a browser sends a part where none was chosen
    return pages.press(pages.get("/check"), "Check the draft", **fields)


def stored(home):
    """Every row of every table, and every file of the home but the log of the database."""
    db.session.rollback()
    tables = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
    rows = {
        name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all()))
        for name in tables
    }
    files = {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.path.rglob("*")
        if path.is_file() and "gross.sqlite" not in path.name
    }
    return rows, files


def test_a_draft_reads_its_contradictions_first_with_both_sides_marked(pages_of, nurse):
    page = send(pages_of(nurse), words=DRAFT)

    assert page.status == 200
    headings = [" ".join(each.itertext()) for each in page.tree.xpath("//section/h2")]
    assert headings[0] == "What it would contradict"
    assert headings[-1] == "What is dead or out of date in it"
    first = page.tree.xpath("//section")[0]
    assert "6 hours against 2 hours" in first.text_content()
    marks = [mark.text for mark in first.xpath(".//div[starts-with(@class, 'c ')]/mark")]
    assert marks[:2] == ["6", "2"]
    assert first.xpath(".//h3/a/text()") == ["NUR-100 Hourly Rounding"]
    assert "cites NUR-199, which is no policy of this library" in page.text


def test_a_file_is_read_like_any_other_and_named(pages_of, nurse):
    page = send(pages_of(nurse), file=(BytesIO(DRAFT.encode()), "tower <draft>.txt"))

    assert "(tower <draft>.txt)" in page.text
    assert "What it would contradict" in page.text


def test_nothing_is_stored_but_the_line_of_the_log(pages_of, nurse, home, caplog):
    caplog.set_level("INFO", "gross.web")
    pages = pages_of(nurse)
    pages.get("/check")
    before = stored(home)

    assert send(pages, words=DRAFT).status == 200
    assert send(pages, file=(BytesIO(b"%PDF-1.4 broken"), "plan.pdf")).status == 422

    assert stored(home) == before
    assert "POST /check 200" in caplog.text
    assert "toilet" not in caplog.text


def test_a_draft_against_which_nothing_speaks_is_told_so(pages_of, nurse):
    page = send(pages_of(nurse), words="Parking\n\nCars stand between the white lines.")

    assert "Nothing in the library speaks against it" in page.text


@pytest.mark.parametrize("said", ["NUR-100", "nur 100"])
def test_the_next_edition_of_a_policy_is_not_compared_with_it(pages_of, nurse, said):
    page = send(pages_of(nurse), words=DRAFT.replace("\nSee policy NUR-199.", ""), number=said)

    assert "It would replace NUR-100 Hourly Rounding, and was not compared with that." in page.text
    assert "What it would contradict" not in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({}, "Choose a file, or paste the text.", id="nothing"),
        pytest.param({"words": " \n "}, "Choose a file, or paste the text.", id="spaces"),
        pytest.param(
            {"words": "Wash.", "file": (b"Wash.", "a.txt")},
            "Choose a file or paste the text, not both.",
            id="both",
        ),
        pytest.param({"file": (b"", "a.docx")}, "a.docx is empty.", id="an empty file"),
        pytest.param({"file": (b"\x00\x01", "a.xyz")}, "a.xyz cannot be read", id="no policy"),
        pytest.param({"file": (b" \n \n", "a.txt")}, "a.txt has no text.", id="no words"),
    ],
)
def test_a_refusal_is_one_sentence_beside_the_field_and_what_was_typed_stays(
    pages_of, nurse, fields, sentence
):
    sent = {
        name: (BytesIO(each[0]), each[1]) if isinstance(each, tuple) else each
        for name, each in fields.items()
    }
    page = send(pages_of(nurse), number="NUR-7", **sent)

    assert page.status == 422
    (said,) = page.tree.xpath("//p[@class='error']")
    assert sentence in said.text_content()
    assert page.tree.xpath("//input[@name='number']/@value") == ["NUR-7"]


def test_pasted_text_beyond_the_limit_is_refused_with_the_way_out(app, pages_of, nurse):
    assert app.config["MAX_FORM_MEMORY_SIZE"] == 2 << 20
    app.config["MAX_FORM_MEMORY_SIZE"] = 20_000  # the test's client leaves larger spools open

    page = send(pages_of(nurse), words="wash " * 5_000)

    assert page.status == 413
    assert "Pasted text may have 2 MB; choose the draft as a file instead" in page.text


def test_what_people_wrote_is_never_markup(pages_of, nurse, make_policy):
    make_policy(f"Rounds {PROBE}", f"{PROBE} {ROUNDS}".replace("2 hours", "8 hours"), number="N-1")

    page = send(pages_of(nurse), words=f"{PROBE}\n{DRAFT}")

    assert "8 hours" in page.text  # and the client looks for the probe


def test_slow_work_says_how_far_it_is_in_one_page_without_scripts(pages_of, nurse, monkeypatch):
    """What takes over a second is sent as it comes; the last word shows until the answer stands."""
    monkeypatch.setattr(checks, "QUICK_SECONDS", 0.0)
    pages = pages_of(nurse)
    body = {**pages.token(), "words": DRAFT, "file": (BytesIO(b""), "")}

    def receive():
        answer = pages.client.post("/check", data=body)
        return [piece.decode() for piece in answer.iter_encoded()]

    pieces = Context().run(receive)

    assert len(pieces) >= 2
    assert any("<p>Reading The pasted text.txt.</p>" in piece for piece in pieces[:-1])
    assert "What it would contradict" in pieces[-1]
    assert "".join(pieces).rstrip().endswith("</html>")


def test_a_refusal_of_slow_work_stands_on_the_page(pages_of, nurse, monkeypatch):
    monkeypatch.setattr(checks, "QUICK_SECONDS", 0.0)

    page = send(pages_of(nurse), file=(BytesIO(b"{broken"), "plan.docx"))

    assert page.status == 200
    assert "plan.docx" in page.tree.xpath("//p[@class='check']")[0].text_content()


def test_who_leaves_stops_the_work(app, nurse, monkeypatch):
    """The page is closed while the draft is read; at its next word the check ends."""
    db.session.commit()
    draft = checking.Draft("a.txt", DRAFT.encode())
    work = checking.Checking(app, draft, checks.local_day(checks.now()))
    work.begin()
    said = iter(work)
    next(said)
    said.close()

    assert work.ended_within(60)
    assert work.outcome.check is None


def test_the_server_bears_two_drafts_at_once_and_says_so(pages_of, nurse, monkeypatch):
    monkeypatch.setattr(checking, "_ROOM", threading.BoundedSemaphore(1))
    with checking._ROOM:
        page = send(pages_of(nurse), words=DRAFT)

    assert page.status == 409
    assert "Other drafts are being checked at this moment; try again in a minute." in page.text
    assert send(pages_of(nurse), words=DRAFT).status == 200


def test_a_bug_is_one_plain_sentence_and_frees_its_place(pages_of, nurse, monkeypatch, caplog):
    def fail(*args, **options):
        raise ZeroDivisionError

    monkeypatch.setattr(checking.checks, "check", fail)
    for _ in range(3):
        page = send(pages_of(nurse), words=DRAFT)
        assert "Something went wrong on our side. Nothing was changed." in page.text

    assert "ZeroDivisionError" in caplog.text


def test_the_write_lock_is_free_while_a_draft_is_checked(pages_of, nurse, app, monkeypatch):
    """Somebody writes while the engine works; nobody waits for the draft."""
    wrote = []
    check = checking.checks.check

    def meanwhile(*args, **options):
        with app.app_context():
            db.session.execute(text("PRAGMA busy_timeout = 0"))
            db.session.rollback()
            db.session.connection(execution_options={"gross_writes": True})
            wrote.append(True)
        return check(*args, **options)

    monkeypatch.setattr(checking.checks, "check", meanwhile)

    assert send(pages_of(nurse), words=DRAFT).status == 200
    assert wrote == [True]


def test_the_way_there_stands_in_the_navigation_and_in_the_library(pages_of, nurse):
    page = pages_of(nurse).get("/policies")

    assert page.tree.xpath("//nav[@aria-label='Main']/a[@href='/check']")
    assert page.tree.xpath("//main//a[@href='/check']")
