"""A delivery: what is listed of a folder or a ZIP, and what is refused before it is opened."""

import os
import unicodedata
import zipfile

import pytest

from gross.actions.deliveries import deliver, load
from gross.domain.errors import Refused


def sources(path):
    with deliver(path) as delivery:
        return [each.source for each in delivery.candidates]


def refusals(path):
    with deliver(path) as delivery:
        return {each.source: each.refusal for each in delivery.candidates if each.refusal}


def test_a_folder_is_listed_with_all_below_it(tmp_path):
    (tmp_path / "Nursing" / "Unit 5").mkdir(parents=True)
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "Nursing" / "Unit 5" / "a.txt").write_text("a")

    assert sources(tmp_path) == ["Nursing/Unit 5/a.txt", "b.txt"]


def test_a_manifest_at_the_top_is_no_policy(tmp_path):
    (tmp_path / "Manifest.CSV").write_text("Title,File\n")
    (tmp_path / "a.txt").write_text("a")

    delivery = deliver(tmp_path)

    assert [each.source for each in delivery.candidates] == ["a.txt"]
    assert delivery.manifest.source == "Manifest.CSV"


def test_hidden_files_and_links_are_refused_each_with_a_sentence(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("root:x:0")
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    (folder / ".hidden.txt").write_text("h")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("h")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "up").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    (folder / "dead.txt").symlink_to(folder / "nothing")

    found = refusals(folder)

    assert sorted(found) == [".git", ".hidden.txt", "dead.txt", "out.txt", "round", "up"]
    assert found[".hidden.txt"].startswith(".hidden.txt is hidden; rename it")
    assert found["out.txt"].startswith("out.txt is a link that leads out of the folder")
    assert found["up"].startswith("up is a link that leads out of the folder")
    assert "read at its own place" in found["round"]
    assert found["dead.txt"] == "dead.txt is a link that leads nowhere."


def test_a_pipe_does_not_hang_the_import(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(Refused, match=r"pipe.txt is not a file"):
        load(tmp_path / "pipe.txt")


def test_a_link_put_in_place_of_a_file_is_not_followed(tmp_path):
    (tmp_path / "a.txt").symlink_to("/etc/hostname")

    with pytest.raises(Refused, match=r"a.txt cannot be opened"):
        load(tmp_path / "a.txt")


@pytest.mark.parametrize(("size", "fits"), [(10, True), (11, False)])
def test_a_file_is_read_up_to_the_limit(tmp_path, size, fits):
    (tmp_path / "a.txt").write_bytes(b"x" * size)

    if fits:
        assert load(tmp_path / "a.txt", most=10) == b"x" * size
    else:
        with pytest.raises(Refused, match=r"a.txt is larger than 0 MB"):
            load(tmp_path / "a.txt", most=10)


def test_names_that_differ_only_in_how_they_are_written_are_told_apart(tmp_path):
    (tmp_path / unicodedata.normalize("NFC", "Café.txt")).write_text("one")
    (tmp_path / unicodedata.normalize("NFD", "Café.txt")).write_text("two")

    assert sources(tmp_path) == ["Café.txt", "Café.txt (2)"]
    assert list(refusals(tmp_path)) == ["Café.txt (2)"]


def test_names_that_are_no_text_are_refused_and_shown_with_a_mark(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("latin")
    (tmp_path / "two\nlines.txt").write_text("t")

    found = refusals(tmp_path)

    assert sorted(found) == ["caf�.txt", "two�lines.txt"]
    assert all("cannot be shown; rename it" in why for why in found.values())


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda path: None, "does not exist; give a folder", id="nothing there"),
        pytest.param(lambda path: path.mkdir(), "holds no files", id="empty folder"),
    ],
)
def test_nothing_to_deliver_is_one_sentence(tmp_path, make, sentence):
    make(tmp_path / "library")

    with pytest.raises(Refused, match=sentence):
        deliver(tmp_path / "library")


def make_zip(path, names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"Text of {name}.")
    return path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["lib/a.txt", "lib/N/b.txt"], ["N/b.txt", "a.txt"], id="the folder is inside"),
        pytest.param(["Nursing/b.txt"], ["Nursing/b.txt"], id="a department is inside"),
        pytest.param(["lib/a.txt", "b.txt"], ["b.txt", "lib/a.txt"], id="beside others"),
    ],
)
def test_a_zip_gives_the_sources_of_its_folder(tmp_path, names, expected):
    assert sources(make_zip(tmp_path / "lib.zip", names)) == expected


def test_what_a_mac_adds_to_a_zip_is_refused(tmp_path):
    path = make_zip(tmp_path / "lib.zip", ["a.txt", "__MACOSX/._a.txt", ".DS_Store"])

    assert sorted(refusals(path)) == [".DS_Store", "__MACOSX/._a.txt"]


def test_a_zip_that_leads_outside_is_refused_whole(tmp_path):
    path = make_zip(tmp_path / "lib.zip", ["a.txt", "../../evil.txt"])

    with pytest.raises(Refused, match="holds a path that leads outside it"):
        deliver(path)


def test_a_zip_that_is_none_is_refused(tmp_path):
    (tmp_path / "lib.zip").write_bytes(b"no archive")

    with pytest.raises(Refused, match=r"lib.zip is damaged"):
        deliver(tmp_path / "lib.zip")
