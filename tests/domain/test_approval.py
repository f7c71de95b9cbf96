import pytest

from gross.domain.approval import Decision, Read, Signed, meaning, offices_left, standing

NOW, BEFORE = Read("new", "count"), Read("old", "count")
ROUTE = (1, 2, 3)


def signed(office, read=NOW, decision=Decision.SIGN):
    return Signed(office, 10 + office, decision, read)


@pytest.mark.parametrize(
    ("made", "left"),
    [
        pytest.param([], [1, 2, 3], id="nobody yet"),
        pytest.param([signed(1)], [2, 3], id="the first"),
        pytest.param([signed(1), signed(2), signed(3)], [], id="all"),
        pytest.param([signed(1, BEFORE), signed(2)], [1, 3], id="one of an older text"),
        pytest.param([signed(1, Read("new", "other"))], [1, 2, 3], id="another count"),
        pytest.param([signed(1, decision=Decision.REFUSE)], [1, 2, 3], id="a refusal"),
        pytest.param([signed(1, decision=Decision.SEND_BACK)], [1, 2, 3], id="sent back"),
        pytest.param([signed(9)], [1, 2, 3], id="an office that left the route"),
    ],
)
def test_the_offices_left_keep_their_order(made, left):
    assert offices_left(ROUTE, made, NOW) == left


def test_only_what_covers_text_and_count_stands():
    made = [signed(1), signed(2, BEFORE), signed(3, decision=Decision.REFUSE)]

    assert standing(made, NOW) == [signed(1)]


@pytest.mark.parametrize(
    ("decision", "newer", "says"),
    [
        (Decision.SIGN, False, "I approve the retirement of this text, as CNO."),
        (
            Decision.SIGN,
            True,
            (
                "I approve the retirement of this text, which is newer than the text that the "
                "committee voted on, as CNO."
            ),
        ),
        (Decision.REFUSE, False, "I refuse the retirement of this text, as CNO."),
        (
            Decision.SEND_BACK,
            False,
            "I send the retirement of this text back to compliance, as CNO.",
        ),
    ],
)
def test_what_a_signature_says(decision, newer, says):
    assert meaning(decision, "CNO", newer_than_vote=newer) == says
