import pytest
from jinja2 import UndefinedError

from gross.actions import letters
from gross.home import SHARE
from tests.actions.cast import make_cast
from tests.conftest import NOW


@pytest.fixture
def cast(session):
    return make_cast(session)


def test_a_letter_waits_with_the_deed_that_wrote_it(cast):
    nomination = cast.nominated()

    letter = letters.tell(cast.session, cast.cno, "Hello", "received", nomination, now=NOW)
    cast.session.flush()

    assert (letter.sent_at, letter.tries, letter.next_try_at) == (None, 0, NOW)
    assert letter.body.startswith("Hello Cno,\n\n")
    assert letter.path == f"/nominations/{nomination.id}"


def test_a_subject_is_one_line_of_bearable_length(cast):
    nomination = cast.nominated()
    cast.policy.title = "Badges\nBcc: everybody@example.org " + "x" * 500

    letter = letters.tell(
        cast.session, cast.cno, letters.about(nomination), "received", nomination, now=NOW
    )

    assert "\n" not in letter.subject
    assert len(letter.subject) == letters.SUBJECT_MOST


def test_a_letter_never_has_a_gap_where_a_fact_is_missing(cast):
    nomination = cast.nominated()

    with pytest.raises(UndefinedError):
        letters.tell(cast.session, cast.cno, "Hello", "ballot_closed", nomination, now=NOW)


def test_somebody_named_twice_is_written_to_once(cast):
    nomination = cast.nominated()

    letters.tell_all(cast.session, [cast.cno, cast.cno], "Hello", "received", nomination, now=NOW)

    assert cast.subjects_to(cast.cno) == ["Hello"]


def test_a_rolled_back_deed_leaves_no_letter(cast):
    cast.session.commit()
    cast.nominated()
    assert cast.letters_to(cast.nurse)

    cast.session.rollback()

    assert cast.letters_to(cast.nurse) == []


def test_every_letter_of_the_folder_is_written_by_some_deed(cast):
    """A template that nobody sends is a promise that nobody keeps."""
    sent = "".join(path.read_text() for path in (SHARE / "gross" / "actions").glob("*.py"))

    unsent = [
        path.stem
        for path in (SHARE / "templates" / "mail").glob("*.txt")
        if f'"{path.stem}"' not in sent
    ]

    assert unsent == []
