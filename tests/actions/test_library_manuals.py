"""Manuals parted into policies, and files that come inside ZIPs and mails."""

import io
import json
import zipfile
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from gross.actions import imports
from gross.actions.arrivals import Asked, Split, prepared
from gross.actions.deliveries import deliver
from gross.intake.child import ReaderProcess
from gross.store import originals
from gross.store.db import begin_write, db
from gross.store.policies import Policy
from tests.conftest import NOW

MANUAL = """# Infection Control Manual

Issued by the committee.

## IC-014 Hand Hygiene

Effective Date: 2016-03-12

Wash your hands.

## IC-020 Waste

Bag it. See IC-014.
"""


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
    """Give what imports a path: source to outcome, or the sentence of a refusal."""

    def run(path, split=None):
        with deliver(path) as delivery:
            asked = Asked(delivery, None, reader, day_first=False, split=split)
            work = prepared(asked, lambda done, total, source: None)
            items = list(imports.bring_in(work, home, None, transaction, now=lambda: NOW))
        return {item.source: item.reason or item.outcome for item in items}

    return run


@pytest.fixture
def manual(tmp_path):
    path = tmp_path / "IC manual.md"
    path.write_text(MANUAL)
    return path


HANDS, WASTE = "IC manual.md/IC-014 Hand Hygiene", "IC manual.md/IC-020 Waste"


def test_each_part_is_a_policy_and_the_manual_is_kept_once(bring, manual, home):
    assert bring(manual, Split()) == {HANDS: "new", WASTE: "new"}

    hands = db.session.scalar(select(Policy).where(Policy.source == HANDS))
    waste = db.session.scalar(select(Policy).where(Policy.source == WASTE))
    assert (hands.number, hands.title, hands.effective) == (
        "IC-014",
        "Hand Hygiene",
        "2016-03-12",
    )
    assert hands.department == ""
    assert hands.current.filename == "IC manual.md"
    assert hands.current.digest == waste.current.digest
    assert originals.path_of(home, hands.current.digest).read_text() == MANUAL
    start, end = map(int, json.loads(hands.current.fields)["part"].split("-"))
    assert MANUAL[start:end] == hands.current.text
    assert "Bag it" not in hands.current.text
    refs = json.loads(waste.current.refs)
    assert [waste.current.text[start:end] for start, end, *_ in refs] == ["IC-014"]


def test_a_manual_again_changes_nothing_and_a_changed_part_is_the_only_change(bring, manual):
    bring(manual, Split())

    assert bring(manual, Split()) == {HANDS: "same", WASTE: "same"}

    manual.write_text(MANUAL.replace("Bag it.", "Bag it twice."))
    changed = bring(manual, Split())

    assert changed[WASTE] == "changed"
    assert db.session.scalar(select(func.count()).select_from(Policy)) == 2


def test_a_retired_part_does_not_come_back_and_the_others_stay(bring, manual, tmp_path):
    bring(manual, Split())
    hands = db.session.scalar(select(Policy).where(Policy.source == HANDS))
    hands.retired_at, hands.tombstone = NOW, "See IC-020."
    db.session.commit()
    moved = manual.rename(tmp_path / "moved.md")

    told = bring(moved, Split())

    assert told["moved.md/IC-014 Hand Hygiene"] == (
        "IC-014 Hand Hygiene is retired; reinstate it first, or take its file away."
    )
    assert told["moved.md/IC-020 Waste"] == "new"


def test_the_same_manual_parted_in_another_way_is_refused(bring, tmp_path):
    path = tmp_path / "m.md"
    path.write_text("# One\n\n## A\n\nWords.\n\n## B\n\nMore.\n\n# A\n\nOther words.\n")
    bring(path, Split(1))

    assert bring(path, Split(2))["m.md/A"] == (
        "m.md/A was parted from the same file in another way; keep to that level."
    )


def test_a_file_that_nothing_parts_is_one_policy(bring, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Wash your hands.")

    assert bring(path, Split()) == {"a.txt": "new"}


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def mail(**files):
    made = EmailMessage()
    made["Subject"] = "The new policies"
    made.set_content("Please take these in.")
    for name, content in files.items():
        made.add_attachment(
            content,
            maintype="application",
            subtype="octet-stream",
            filename=name.replace("__", "."),
        )
    return made.as_bytes()


def test_attachments_of_a_mail_are_files_beside_it(bring, tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(hands__txt=b"Wash your hands.", logo__png=b"\x89PNG"))

    told = bring(path)

    assert told["mail.eml"] == "new"
    assert told["mail.eml/hands.txt"] == "new"
    assert told["mail.eml/logo.png"].startswith("logo.png cannot be read; use one of")
    hands = db.session.scalar(select(Policy).where(Policy.source == "mail.eml/hands.txt"))
    assert (hands.department, hands.current.text) == ("", "Wash your hands.")


def test_a_zip_in_a_zip_is_opened_and_one_deeper_is_named(bring, tmp_path):
    deepest = zipped(c__txt=b"Deep words.")
    path = tmp_path / "all.zip"
    path.write_bytes(
        zipped(
            a__txt=b"Words.",
            inner__zip=zipped(b__txt=b"Inner words.", deepest__zip=deepest),
            note__eml=mail(d__txt=b"Sent words."),
        )
    )

    assert bring(path) == {
        "a.txt": "new",
        "inner.zip/b.txt": "new",
        "inner.zip/deepest.zip": (
            "deepest.zip is a ZIP inside a ZIP inside another; unpack it, and import that."
        ),
        "note.eml": "new",
        "note.eml/d.txt": "new",
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            b"PK\3\4 no", "in.zip is damaged: its ZIP directory cannot be read.", id="damaged"
        ),
        pytest.param(
            zipped(**{"../up__txt": b"x"}),
            "in.zip holds a path that leads outside it (../up.txt).",
            id="leads outside",
        ),
        pytest.param(zipped(), "in.zip holds no files.", id="empty"),
    ],
)
def test_an_unsafe_zip_inside_a_folder_is_one_refusal(bring, tmp_path, content, sentence):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text("Words.")
    (folder / "in.zip").write_bytes(content)

    assert bring(folder) == {"a.txt": "new", "in.zip": sentence}


def test_a_delivery_of_endless_containers_ends(bring, tmp_path, monkeypatch):
    monkeypatch.setattr("gross.actions.containers.MAX_FILES", 3)
    folder = tmp_path / "library"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.zip").write_bytes(zipped(a__txt=b"Words.", b__txt=b"More."))

    told = bring(folder)

    assert told["1.zip/…"] == "1.zip is left out: the delivery holds more than 3 files."
    assert told["0.zip/a.txt"] == "new"
