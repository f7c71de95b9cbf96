"""The wizard: send, say what it is, check, import, undo; and what comes of wrong uploads."""

from __future__ import annotations

import threading
import zipfile
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import event, func, select

from gross.actions import arrivals, editions, imports
from gross.jobs.worker import Worker
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.imports import Import, ImportItem, UploadFile
from gross.store.jobs import Job
from gross.store.policies import Edition, Policy
from gross.store.vanished import Vanished
from tests.conftest import NOW

HANDS = b"Policy Number: IC-014\nTitle: Hand Hygiene\n\nWash your hands before each patient.\n"
PAIN = b"Policy Number: NUR-2\nTitle: Pain\n\nAsk every patient about pain.\n"


@pytest.fixture
def steward(make_person):
    return make_person("Sam Steward", roles="staff steward")


@pytest.fixture
def pages(pages_of, steward):
    return pages_of(steward)


@pytest.fixture
def send(pages):
    """Give what uploads files, named with their bytes, and returns the import's page."""

    def upload(*files, path="/imports", once="key"):
        body = {**pages.token(), "once": once}
        body["files"] = [(BytesIO(content), name) for name, content in files]
        return pages._send("POST", path, data=body)

    return upload


@pytest.fixture
def work(app):
    """Give what does every waiting job."""

    def do():
        db.session.rollback()
        worker = Worker(app, beats=())
        while worker.do_next(threading.Event()):
            pass
        db.session.rollback()
        db.session.expire_all()

    return do


@pytest.fixture
def imported(pages, send, work):
    """Give what takes files through the whole wizard and returns the import's page."""

    def run(*files, once="key", whole=False):
        page = send(*files, once=once)
        fields = {"whole": "yes"} if whole else {}
        pages.press(page, "Check what it would do", **fields)
        work()
        pages.press(pages.get(page.path), "now")
        work()
        return pages.get(page.path)

    return run


def zipped(*files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def count(table, *where):
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


def test_files_are_checked_then_imported_then_undone(pages, send, work, home):
    page = send(("Nursing/hands.txt", HANDS), ("pain.txt", PAIN), ("odd.xyz", b"?"))
    assert "3 files" in page.text
    assert count(Policy) == 0

    busy = pages.press(page, "Check what it would do")
    assert "Waiting for a worker." in busy.text
    assert busy.tree.xpath("//@data-progress") == [f"{page.path}.json"]
    work()
    checked = pages.get(page.path)
    assert "This was a check; nothing is imported yet." in checked.text
    assert "New 2" in checked.text
    assert "Refused 1" in checked.text
    assert count(Policy) == 0

    pages.press(checked, "Import 2 now")
    work()
    done = pages.get(page.path)
    assert "New 2" in done.text
    assert {p.source for p in db.session.scalars(select(Policy))} == {
        "Nursing/hands.txt", "pain.txt",
    }  # fmt: skip
    assert not list((home.path / "uploads").iterdir())

    pages.press(done, "Undo the import")
    work()
    undone = pages.get(page.path)
    assert "2 taken back" in undone.text
    assert (count(Policy), count(Edition)) == (0, 0)
    assert [entry.verb for entry, _ in ledger.rows(db.session())] == [
        "add-policy", "add-policy", "undo-import",
    ]  # fmt: skip
    kept = [path for path in (home.path / "originals").rglob("*") if path.is_file()]
    assert kept == []


def test_the_progress_is_told_as_json(pages, send, work):
    page = send(("hands.txt", HANDS))
    pages.press(page, "Check what it would do")

    before = pages.get(f"{page.path}.json").response.get_json()
    work()
    after = pages.get(f"{page.path}.json").response.get_json()

    assert (before["ended"], before["says"]) == (False, "Waiting for a worker.")
    assert (after["ended"], after["says"]) == (True, "The check is done: 1 new.")


def test_a_zip_with_a_manifest_of_the_policy_manager_is_guessed_and_said(pages, send, work):
    listed = (
        b"Title,Area,Applicability,Owner,Approval Workflow,Reference Tags,Status,PolicyStat ID\n"
        b"Hands,Infection,All,I. Preventer,P&P,ic,Active,4711\n"
        b"Old,Nursing,All,N. Urse,P&P,ic,Retired,4712\n"
        b"Gone,Nursing,All,N. Urse,P&P,ic,Active,4713\n"
    )
    files = (("lib/4711-hands.txt", HANDS), ("lib/4712-old.txt", PAIN))
    page = send(("lib.zip", zipped(("lib/policystat.csv", listed), *files)))
    assert page.tree.xpath("//select[@name='sheet']/option[@selected]/text()") == ["policystat.csv"]

    pages.press(page, "Check what it would do")
    work()
    checked = pages.get(page.path)
    pages.press(checked, "Import 1 now")
    work()

    assert "· PolicyStat" in checked.text
    assert "Missing 1" in checked.text
    assert "The manifest marks it as “Retired”" in pages.get(f"{page.path}?outcome=refused").text
    policy = db.session.scalars(select(Policy)).one()
    assert (policy.title, policy.department, policy.owner) == ("Hands", "Infection", "I. Preventer")


def test_a_person_maps_the_columns_that_nobody_can_guess(pages, send, work):
    listed = b"Wo,Was,Wer\nhands.txt,Haende,Frau Rein\n"
    page = send(("hands.txt", HANDS), ("liste.csv", listed))

    columns = pages.press(page, "Look at the list")
    assert "Frau Rein" in columns.text
    assert "has no column for the file" in columns.text
    wrong = pages.press(columns, "Use these columns", c0="file", c1="title", c2="title")
    assert wrong.status == 422
    assert "Two columns are both “Title”" in wrong.text
    bare = pages.press(columns, "Use these columns", c2="owner")
    assert "Choose a column for the file, or one for the number or the title." in bare.text
    pages.press(columns, "Use these columns", c0="file", c1="title", c2="owner")
    work()
    pages.press(pages.get(page.path), "Import 1 now")
    work()

    policy = db.session.scalars(select(Policy)).one()
    assert (policy.title, policy.owner) == ("Haende", "Frau Rein")


@pytest.mark.parametrize(
    ("files", "outcome", "sentence"),
    [
        pytest.param(
            (("a.txt", HANDS), ("m.csv", b"Title\nHands\n")),
            "",
            "m.csv has a single column",
            id="one column",
        ),
        pytest.param((("a.txt", HANDS), ("m.csv", b"")), "", "m.csv is empty.", id="no column"),
        pytest.param(
            (("a.txt", HANDS), ("m.csv", b"A,B,C\n1,2,3\n")),
            "",
            "no column for the file",
            id="three columns that say nothing",
        ),
        pytest.param(
            (("a.txt", HANDS), ("m.xlsx", b"PK\x03\x04 no workbook")),
            "",
            "m.xlsx is damaged",
            id="a workbook that is none",
        ),
        pytest.param(
            (("a.txt", HANDS), ("m.csv", b"Title,File\nKeys,../../etc/shadow\n")),
            "missing",
            "m.csv lists it in line 2; it was not there.",
            id="a path outside",
        ),
        pytest.param(
            (("a.txt", HANDS), ("m.csv", b"Title,File\nA,a.txt\nB,a.txt\n")),
            "duplicate",
            "Line 2 already has the file a.txt.",
            id="a row twice",
        ),
        pytest.param(
            (("a.txt", HANDS), ("m.csv", "Title,File\nHände,a.txt\n".encode("utf-16"))),
            "new",
            "a.txt",
            id="another encoding",
        ),
        pytest.param((("lib.zip", b"PK no zip"),), "refused", "lib.zip is damaged", id="no zip"),
        pytest.param(
            (("lib.zip", zipped(("bomb.txt", b"0" * (64 << 20)))),),
            "refused",
            "packed too tightly to be honest",
            id="a bomb",
        ),
        pytest.param(
            (("lib.zip", zipped(("../out.txt", b"x"))),),
            "refused",
            "holds a path that leads outside it",
            id="a path out of the zip",
        ),
    ],
)
def test_wrong_uploads_say_so_in_the_check(pages, send, work, files, outcome, sentence):
    page = send(*files)

    pages.press(page, "Check what it would do")
    work()

    said = pages.get(f"{page.path}?outcome={outcome}" if outcome else page.path)
    assert said.status == 200
    assert sentence in said.text
    assert count(Policy) == 0


def test_names_from_outside_are_never_paths(send, home):
    send(("../../../etc/passwd", b"x"), ("C:\\boot.ini", b"y"), ("手卫生.txt", b"z"), ("..", b"w"))

    rows = db.session.scalars(select(UploadFile)).all()
    assert {row.source for row in rows} == {"etc/passwd", "C:boot.ini", "手卫生.txt", "unnamed"}
    (folder,) = (home.path / "uploads").iterdir()
    assert {path.name for path in folder.iterdir()} == {str(row.id) for row in rows}


def test_an_empty_upload_is_one_sentence_and_leaves_nothing(send, home):
    page = send()

    assert page.status == 409
    assert "Choose at least one file; nothing was sent." in page.text
    assert count(Import) == 0


def announce(pages, size):
    """Begin to send so many bytes; nothing of them has to come."""
    said = {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return pages.client.post("/imports", environ_overrides=said)


def test_too_large_an_upload_is_one_sentence_and_413(pages):
    answer = announce(pages, 2 << 30)

    assert answer.status_code == 413
    assert "That is too much for one upload. The most is 1 GB" in answer.text


def test_a_stranger_may_not_even_send_much(pages_of):
    assert announce(pages_of(), 100 << 20).status_code == 413


def test_more_files_than_one_request_may_bring_are_one_sentence(send):
    page = send(*((f"{n}.txt", b"x") for n in range(520)))

    assert page.status == 413
    assert "480 files at once" in page.text


def test_two_uploads_of_the_same_that_are_imported_together_make_one_policy(pages, send, work):
    first, second = (send(("hands.txt", HANDS), once=key) for key in ("one", "two"))
    for page in (first, second):
        pages.press(page, "Check what it would do")
    work()
    for page in (first, second):
        pages.press(pages.get(page.path), "Import 1 now")
    work()

    assert (count(Policy), count(Edition)) == (1, 1)
    assert "Same 1" in pages.get(second.path).text


def test_another_persons_upload_is_no_page(send, pages_of, make_person, session):
    other = pages_of(make_person("Other", roles="staff steward compliance admin"))
    path = send(("hands.txt", HANDS)).path

    assert other.get(path).status == 404
    assert other.get(f"{path}.json").status == 404
    assert other.get(f"{path}/errors.xlsx").status == 404
    assert other.get(f"{path}/columns").status == 404
    for verb in ("files", "check", "columns", "import", "cancel", "discard", "undo"):
        assert other.post(f"{path}/{verb}", {"once": verb}).status == 404
    assert "1 file" not in other.get("/imports").tree.xpath("string(//main//table)")
    assert other.get(f"/imports/{2**63}").status == 404
    assert count(Import) == 1


def test_an_import_is_not_begun_unchecked_nor_twice(pages, send, imported):
    draft = send(("pain.txt", PAIN), once="draft")
    early = pages.post(f"{draft.path}/import", {"once": "early"})
    done = imported(("hands.txt", HANDS))
    late = pages.post(f"{done.path}/import", {"once": "late"})
    added = send(("x.txt", b"x"), path=f"{done.path}/files", once="added")

    assert (early.status, late.status, added.status) == (409, 409, 409)
    assert "Check the upload first" in early.text
    assert "This import is over" in late.text
    assert "This import has begun" in added.text


def test_a_discarded_upload_leaves_no_trace(pages, send, home):
    page = send(("hands.txt", HANDS))

    pages.press(page, "Throw the upload away")

    assert pages.get(page.path).status == 404
    assert (count(Import), count(UploadFile), count(ImportItem)) == (0, 0, 0)
    assert not list((home.path / "uploads").iterdir())


def test_adding_files_makes_the_check_stale(pages, send, work):
    page = send(("hands.txt", HANDS))
    pages.press(page, "Check what it would do")
    work()

    send(("pain.txt", PAIN), path=f"{page.path}/files", once="more")

    again = pages.get(page.path)
    assert "2 files" in again.text
    assert "This was a check" not in again.text
    assert count(ImportItem) == 0


def test_a_stopped_import_keeps_what_it_had_and_goes_on(pages, send, work, app, monkeypatch):
    page = send(*((f"{n:03}.txt", b"Room %d." % n) for n in range(45)))
    pages.press(page, "Check what it would do")
    work()
    pages.press(pages.get(page.path), "Import 45 now")
    stop = pages.get(page.path)
    keep, batches = editions.take_in, []

    def stop_in_the_second_batch(*args, **options):
        batches.append(1)
        return keep(*args, **options)

    def stop_between(work, known, real=arrivals.batches):
        for n, batch in enumerate(real(work, known)):
            if n == 1:
                pages.press(stop, "Stop")
            yield batch

    monkeypatch.setattr(editions, "take_in", stop_in_the_second_batch)
    monkeypatch.setattr(imports, "batches", stop_between)
    work()
    stopped = pages.get(page.path)
    assert "What it had finished is kept" in stopped.text
    assert count(Policy) == arrivals.BATCH_FILES

    monkeypatch.setattr(imports, "batches", arrivals.batches)
    pages.press(stopped, "Go on")
    work()

    assert "New 45" in pages.get(page.path).text
    assert (count(Policy), count(Edition), len(batches)) == (45, 45, 45)


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(pages, send, app, work):
    page = send(("hands.txt", HANDS))
    pages.press(page, "Check what it would do")
    for _ in range(3):  # three workers that die after their claim
        begin_write(db.session)
        job = db.session.scalars(select(Job)).one()
        job.state, job.attempts, job.beat_at = "running", job.attempts + 1, NOW
        db.session.commit()

    work()

    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.attempts) == ("failed", 3)
    assert "It ended its worker 3 times and was given up." in pages.get(page.path).text


def test_errors_come_as_a_workbook_without_a_formula(pages, send, work):
    page = send(("=1+1.xyz", b"?"), ("+cmd|calc.xyz", b"?"), ("hands.txt", HANDS))
    pages.press(page, "Check what it would do")
    work()

    answer = pages.client.get(f"{page.path}/errors.xlsx")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["+cmd|calc.xyz", "=1+1.xyz"]
    assert {cell.data_type for row in rows for cell in row} == {"s"}
    assert rows[0][3].value == "Save it as DOCX or PDF, and import that."


def test_what_was_touched_since_stays_and_is_listed(pages, imported, work, session, steward):
    page = imported(("hands.txt", HANDS), ("pain.txt", PAIN))
    policy = db.session.scalars(select(Policy).where(Policy.number == "NUR-2")).one()
    pages.press(
        pages.get(f"/policies/{policy.id}"), "Put it under a hold", matter="A claim is pending."
    )

    pages.press(pages.get(page.path), "Undo the import")
    work()

    said = pages.get(page.path)
    assert "1 taken back, 1 stay." in said.text
    assert "It was changed or decided about since" in said.text
    assert [p.number for p in db.session.scalars(select(Policy))] == ["NUR-2"]
    again = pages.post(f"{page.path}/undo", {"once": "again"})
    assert (again.status, "undone already" in again.text) == (409, True)


def test_undoing_a_new_edition_gives_the_old_one_back(pages, imported, work):
    imported(("hands.txt", HANDS), once="first")
    page = imported(("hands.txt", HANDS.replace(b"Hand Hygiene", b"Washing")), once="second")
    policy = db.session.scalars(select(Policy)).one()
    assert (policy.title, count(Edition)) == ("Washing", 2)

    pages.press(pages.get(page.path), "Undo the import")
    work()

    policy = db.session.scalars(select(Policy)).one()
    assert (policy.title, count(Edition)) == ("Hand Hygiene", 1)
    assert "Washing" not in policy.current.text
    assert "IC-014" in pages.get("/policies?q=hygiene").text


def test_an_id_that_was_taken_back_is_not_given_again(pages, imported, work):
    page = imported(("hands.txt", HANDS), once="first")
    first = db.session.scalars(select(Policy.id)).one()
    pages.press(pages.get(page.path), "Undo the import")
    work()

    imported(("pain.txt", PAIN), once="second")

    assert db.session.scalars(select(Policy.id)).one() == first + 1


def test_lists_ask_the_same_number_of_queries_however_long(pages, session):
    def asked(path):
        seen = []

        def note(*args):
            seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        assert pages.get(path).status == 200
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    def fill(number):
        db.session.rollback()
        begin_write(db.session)
        record = Import(began_at=NOW, ended_at=NOW, name="library", state="done")
        db.session.add(record)
        db.session.flush()
        for n in range(number):
            policy = Policy(source=f"{record.id}-{n}.txt", title=f"Policy {n}")
            db.session.add(policy)
            db.session.flush()
            for outcome in ("refused", "new"):
                db.session.add(
                    ImportItem(
                        import_id=record.id,
                        source=f"{outcome}{n}",
                        outcome=outcome,
                        reason="No." if outcome == "refused" else "",
                        policy_id=policy.id,
                    )
                )
            db.session.add(Vanished(import_id=record.id, policy_id=policy.id))
        db.session.commit()
        return record.id

    paths = ("/imports", "/imports/unread", "/imports/vanished", "/imports/{}?outcome=new")
    few = fill(2)
    before = [asked(path.format(few)) for path in paths]
    many = fill(40)

    assert [asked(path.format(many)) for path in paths] == before
    assert max(before) <= 16
