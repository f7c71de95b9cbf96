"""Importing: new, changed, same, refused, missing; the second time nothing; each with its entry."""

import zipfile
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, select, text

from gross.actions import arrivals, imports, unread
from gross.actions import vanished as vanished_deeds
from gross.actions.arrivals import Asked, prepared
from gross.actions.deliveries import Candidate, deliver
from gross.domain.errors import Refused
from gross.domain.ledger import first_break
from gross.home import SHARE
from gross.intake.child import ReaderProcess
from gross.store import imports as store
from gross.store import ledger, originals
from gross.store.db import begin_write, db
from gross.store.imports import Import, ImportItem
from gross.store.policies import Edition, PassageRow, Policy
from gross.store.vanished import Vanished
from tests.conftest import NOW

SAMPLE = SHARE / "demo"
HANDS = "Policy Number: IC-014\nTitle: Hand Hygiene\n\nWash your hands before each patient.\n"


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


@contextmanager
def transaction():
    db.session.rollback()
    begin_write(db.session)
    yield db.session()
    db.session.commit()
    db.session.remove()


@pytest.fixture
def bring(home, app, reader):
    """Give what imports a path: source to (outcome, reason)."""

    def run(path, manifest=None, dry=False, whole=False):
        given = Candidate("given.csv", lambda: manifest.encode()) if manifest else None
        with deliver(path) as delivery:
            asked = Asked(delivery, given, reader, day_first=False)
            work = prepared(asked, lambda done, total, source: None, is_whole=whole)
            if dry:
                items = list(imports.preview(work, db.session()))
            else:
                items = list(imports.bring_in(work, home, None, transaction, now=lambda: NOW))
        return {item.source: (item.outcome, item.reason) for item in items}

    return run


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "library"
    (made / "Nursing").mkdir(parents=True)
    (made / "Nursing" / "hands.txt").write_text(HANDS)
    return made


def dump(home, *without):
    """Every row of every table, and every file, as they are."""
    names = db.session.scalars(
        text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ).all()
    tables = {
        name: db.session.execute(text(f'SELECT * FROM "{name}"')).all()  # noqa: S608 -- our own
        for name in names
        if name not in without
    }
    files = {
        str(path.relative_to(home.path)): path.read_bytes()
        for path in (home.path / "originals").rglob("*")
        if path.is_file()
    }
    db.session.rollback()
    return tables, files


def verbs():
    return [entry.verb for entry, _ in ledger.rows(db.session())]


def test_a_new_file_becomes_a_policy_with_edition_passages_words_and_entry(bring, folder, home):
    assert bring(folder) == {"Nursing/hands.txt": ("new", "")}

    policy = db.session.scalars(select(Policy)).one()
    assert (policy.source, policy.number, policy.title) == (
        "Nursing/hands.txt", "IC-014", "Hand Hygiene",
    )  # fmt: skip
    assert policy.current.text == HANDS
    assert originals.path_of(home, policy.current.digest).read_bytes() == HANDS.encode()
    spans = db.session.execute(select(PassageRow.start, PassageRow.end)).all()
    assert [HANDS[start:end] for start, end in spans][-1] == "Wash your hands before each patient."
    found = db.session.scalars(text("SELECT rowid FROM policy_words WHERE body MATCH 'hands'"))
    assert found.all() == [policy.id]
    (entry,) = [entry for entry, _ in ledger.rows(db.session())]
    assert (entry.actor, entry.verb, entry.subject) == (
        "command line", "add-policy", f"policy:{policy.id}",
    )  # fmt: skip
    assert entry.detail["digest"] == policy.current.digest


def test_importing_again_changes_nothing(bring, folder, home):
    bring(folder)
    before = dump(home, "import", "import_item")

    assert bring(folder) == {"Nursing/hands.txt": ("same", "")}

    assert dump(home, "import", "import_item") == before


def test_a_dry_run_says_the_same_and_writes_nothing(bring, folder, home):
    (folder / "empty.txt").write_text("")
    before = dump(home)

    said = bring(folder, dry=True)

    assert dump(home) == before
    assert said == bring(folder)


def test_changed_bytes_make_an_edition_and_the_old_one_stays(bring, folder, home):
    bring(folder)
    (folder / "Nursing" / "hands.txt").write_text(HANDS.replace("before", "after"))

    assert bring(folder) == {"Nursing/hands.txt": ("changed", "")}

    policy = db.session.scalars(select(Policy)).one()
    old, new = db.session.scalars(select(Edition).order_by(Edition.id)).all()
    assert policy.current_id == new.id
    assert (old.text, new.text) == (HANDS, HANDS.replace("before", "after"))
    assert originals.path_of(home, old.digest).read_bytes() == HANDS.encode()
    assert verbs() == ["add-policy", "add-edition"]


def test_bytes_that_come_back_are_the_edition_that_they_were(bring, folder):
    bring(folder)
    (folder / "Nursing" / "hands.txt").write_text("Another text.")
    bring(folder)
    (folder / "Nursing" / "hands.txt").write_text(HANDS)

    assert bring(folder) == {"Nursing/hands.txt": ("changed", "")}

    assert len(db.session.scalars(select(Edition)).all()) == 2
    assert db.session.scalars(select(Policy)).one().current.text == HANDS
    assert verbs() == ["add-policy", "add-edition", "restore-edition"]


def test_a_change_that_cannot_be_read_leaves_the_edition_in_force(bring, folder):
    bring(folder)
    (folder / "Nursing" / "hands.txt").write_bytes(b"")

    assert bring(folder)["Nursing/hands.txt"] == ("refused", "hands.txt is empty.")

    assert db.session.scalars(select(Policy)).one().current.text == HANDS
    assert verbs() == ["add-policy"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("a.xyz", b"text", "a.xyz cannot be read; use one of", id="unknown format"),
        pytest.param("a.docx", b"", "a.docx is empty.", id="empty file"),
        pytest.param("a.pdf", b"PK\x03\x04word/", "a.pdf is called .pdf but is really", id="wrong"),
        pytest.param("a.docx", b"PK\x03\x04 cut off", "a.docx", id="damaged"),
    ],
)
def test_bad_files_are_listed_with_a_sentence_and_leave_no_trace(
    bring, folder, home, name, content, sentence
):
    bring(folder)
    before = dump(home, "import", "import_item")
    (folder / name).write_bytes(content)

    outcome, reason = bring(folder)[name]

    assert outcome == "refused"
    assert reason.startswith(sentence)
    assert reason.endswith(".")
    assert dump(home, "import", "import_item") == before


@pytest.mark.parametrize("retired", ["same bytes", "changed bytes", "another place"])
def test_an_edition_of_a_retired_policy_is_refused(bring, folder, retired):
    bring(folder)
    begin_write(db.session)
    policy = db.session.scalars(select(Policy)).one()
    policy.retired_at, policy.tombstone = NOW, "Follow IC-020."
    db.session.commit()
    file = folder / "Nursing" / "hands.txt"
    if retired == "changed bytes":
        file.write_text("Another text.")
    if retired == "another place":
        file.rename(folder / "moved.txt")

    ((outcome, reason),) = bring(folder).values()

    assert outcome == "returned"
    assert reason == ("IC-014 Hand Hygiene is retired; reinstate it first, or take its file away.")
    assert len(db.session.scalars(select(Edition)).all()) == 1
    assert verbs() == ["add-policy"]


def test_the_manifest_wins_and_what_it_lists_in_vain_is_missing(bring, folder):
    rows = """Number,Title,File,Department,Next Review
IC-15,Washing,Nursing/hands.txt,Infection,05/2028
X-1,Gone,gone.docx,,
"""

    said = bring(folder, rows)

    assert said["Nursing/hands.txt"] == ("new", "")
    assert said["gone.docx"][0] == "missing"
    policy = db.session.scalars(select(Policy)).one()
    assert (policy.number, policy.title, policy.department, policy.next_review) == (
        "IC-15", "Washing", "Infection", "2028-05",
    )  # fmt: skip


def test_a_row_without_a_file_is_not_missing_the_second_time(bring, folder):
    rows = "Number,Title\nIC-014,Hand Hygiene of the Manifest\n"
    bring(folder, rows)

    assert bring(folder, rows) == {"Nursing/hands.txt": ("same", "")}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        pytest.param("\n\n", "has no rows", id="no column"),
        pytest.param("Title\nHand Hygiene\n", "has a single column", id="one column"),
        pytest.param("A,B,C\n1,2,3\n", "no column for the file", id="three that say nothing"),
    ],
)
def test_a_manifest_without_its_columns_stops_the_import(bring, folder, home, rows, sentence):
    before = dump(home)

    with pytest.raises(Refused, match=sentence):
        bring(folder, rows)

    assert dump(home) == before


def test_two_chinese_names_stay_two_policies(bring, folder):
    (folder / "手卫生政策.txt").write_text("洗手。")
    (folder / "跌倒预防.txt").write_text("防止跌倒。")

    bring(folder)

    sources = db.session.scalars(select(Policy.source).order_by(Policy.source)).all()
    assert sources == ["Nursing/hands.txt", "手卫生政策.txt", "跌倒预防.txt"]
    assert len(set(db.session.scalars(select(Edition.filename)))) == 3


def test_a_zip_gives_what_its_folder_gave(bring, folder, tmp_path):
    bring(folder)
    with zipfile.ZipFile(tmp_path / "library.zip", "w") as archive:
        archive.write(folder / "Nursing" / "hands.txt", "library/Nursing/hands.txt")

    assert bring(tmp_path / "library.zip") == {"Nursing/hands.txt": ("same", "")}


def test_more_files_than_a_batch_all_come_in_and_every_batch_lands_whole(bring, folder):
    for n in range(2 * arrivals.BATCH_FILES + 1):
        (folder / f"{n:03}.txt").write_text(f"Policy of room {n}.")

    said = bring(folder)

    assert len(said) == 2 * arrivals.BATCH_FILES + 2
    record = db.session.scalars(select(Import)).one()
    assert (record.name, record.ended_at) == ("library", NOW)
    assert len(db.session.scalars(select(ImportItem)).all()) == len(said)
    assert first_break(ledger.rows(db.session())) is None
    assert len(verbs()) == len(said)


@pytest.fixture
def work_on(reader):
    """Give the work of importing a folder, in batches of at most so many bytes."""

    def make(path, **limits):
        asked = Asked(deliver(path), None, reader, day_first=False)
        return replace(prepared(asked, lambda done, total, source: None), **limits)

    return make


def test_a_batch_ends_when_it_grows_heavy(home, app, folder, work_on):
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Policy of room {n}.")
    begun = []

    @contextmanager
    def counted():
        begun.append(1)
        with transaction() as session:
            yield session

    work = work_on(folder, batch_bytes=10)
    list(imports.bring_in(work, home, None, counted, now=lambda: NOW))

    assert len(begun) == 2 + 4  # its beginning, its end, and a batch for each file


def test_a_batch_that_cannot_be_committed_leaves_no_trace(home, app, folder, work_on):
    begun = []

    @contextmanager
    def failing():
        begun.append(1)
        with transaction() as session:
            yield session
            if len(begun) == 2:
                raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        list(imports.bring_in(work_on(folder), home, None, failing, now=lambda: NOW))
    db.session.rollback()
    assert db.session.scalars(select(Edition)).all() == []
    assert verbs() == []

    again = imports.bring_in(work_on(folder), home, None, transaction, now=lambda: NOW)

    assert [item.outcome for item in again] == ["new"]
    assert not list((home.path / "originals" / "incoming").iterdir())


def asked():
    return [(one.policy.title, one.decision) for one in db.session.scalars(select(Vanished))]


def test_what_vanished_from_the_whole_library_is_asked_once(bring, folder):
    (folder / "pain.txt").write_text("Title: Pain\n\nAsk about pain.")
    bring(folder, whole=True)
    (folder / "pain.txt").unlink()
    bring(folder)
    assert asked() == []

    bring(folder, whole=True)
    bring(folder, whole=True)

    assert asked() == [("Pain", "open")]
    assert db.session.scalars(select(Policy).where(Policy.title == "Pain")).one().retired_at is None


def test_a_file_that_comes_back_takes_its_question_along(bring, folder):
    bring(folder, whole=True)
    file = folder / "Nursing" / "hands.txt"
    content = file.read_bytes()
    file.unlink()
    (folder / "pain.txt").write_text("Title: Pain\n\nAsk about pain.")
    bring(folder, whole=True)
    assert asked() == [("Hand Hygiene", "open")]
    file.write_bytes(content)

    bring(folder)

    assert asked() == []


def decided(bring, folder, make_person, decision, reason=""):
    bring(folder, whole=True)
    (folder / "Nursing" / "hands.txt").rename(folder / "other.txt")
    (folder / "other.txt").write_text("Title: Other\n\nAnother policy.")
    bring(folder, whole=True)
    db.session.rollback()
    begin_write(db.session)
    reviewer = make_person("Reviewer", roles="staff compliance")
    found = db.session.scalars(select(Vanished)).one()
    vanished_deeds.decide(db.session(), reviewer, found, decision, reason, now=NOW)
    db.session.commit()
    return found


@pytest.mark.parametrize(
    ("decision", "verb"),
    [("keep", "keep-vanished"), ("gone", "mark-gone"), ("nominate", "nominate")],
)
def test_each_decision_is_one_deed_and_retires_nothing(bring, folder, make_person, decision, verb):
    found = decided(bring, folder, make_person, decision, "Its unit closed.")

    assert verbs() == ["add-policy", "add-policy", verb]
    assert found.policy.retired_at is None
    with pytest.raises(Refused, match="has decided about IC-014 Hand Hygiene already"):
        vanished_deeds.decide(db.session(), found.decider, found, "keep", now=NOW)
    bring(folder, whole=True)
    assert asked() == [("Hand Hygiene", decision)]


@pytest.mark.parametrize("decision", ["gone", "nominate"])
def test_giving_a_policy_up_needs_a_reason(bring, folder, make_person, decision):
    with pytest.raises(Refused, match=r"^Say why; whoever reads this later was not there\.$"):
        decided(bring, folder, make_person, decision, " ")


def unread_items():
    return db.session.scalars(select(ImportItem).where(store.unread())).all()


def test_an_unread_file_is_listed_until_a_later_import_reads_it(bring, folder):
    (folder / "pain.docx").write_bytes(b"")
    bring(folder)
    bring(folder)
    (item,) = unread_items()  # listed once, though it was refused twice
    assert unread.advice(item.reason) == "The file holds nothing. Get it from its owner again."

    (folder / "pain.docx").unlink()
    (folder / "pain.docx").write_bytes(next((SAMPLE / "library").rglob("*.docx")).read_bytes())
    bring(folder)

    assert unread_items() == []


def test_somebody_deals_with_an_unread_file_for_a_reason(bring, folder, make_person):
    (folder / "pain.docx").write_bytes(b"")
    bring(folder)
    db.session.rollback()
    begin_write(db.session)
    steward = make_person("Steward", roles="staff steward")
    (item,) = unread_items()
    with pytest.raises(Refused, match=r"^Say what was done about it"):
        unread.deal_with(db.session(), steward, item, " ", now=NOW)

    unread.deal_with(db.session(), steward, item, "It is a placeholder.", now=NOW)
    db.session.commit()

    assert unread_items() == []
    assert verbs() == ["add-policy", "deal-with"]
    with pytest.raises(Refused, match=r"^This is not on the list any more\.$"):
        unread.deal_with(db.session(), steward, item, "Again.", now=NOW)


@pytest.mark.parametrize(("files", "each"), [(5, 30), (40, 30)])
def test_a_new_file_costs_a_bounded_number_of_queries(home, app, folder, work_on, files, each):
    for n in range(files):
        (folder / f"{n}.txt").write_text(f"Policy of room {n}.")
    seen = []
    work = work_on(folder)

    def note(*args):
        seen.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    list(imports.bring_in(work, home, None, transaction, now=lambda: NOW))
    event.remove(db.engine, "before_cursor_execute", note)

    assert len(seen) <= each * (files + 1) + 60
