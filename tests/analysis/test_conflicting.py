from __future__ import annotations

import pytest

from gross.analysis.detectors.conflicting import DETECTOR
from gross.domain.passage import PassageKind
from tests.analysis.makers import lines_as_passages, make_document, make_library, quoted, text

AROUND = text("what both say", 120)


def found(*contents, titles=("Ward Rules", "House Rules", "Site Rules", "Area Rules")):
    documents = [
        make_document(number, content, title=titles[number - 1])
        for number, content in enumerate(contents, start=1)
    ]
    return documents, list(DETECTOR.detect(make_library(*documents)))


def in_shared_text(one, two):
    first, second = text("one", 60), text("two", 60)
    return found(f"{first}\n{AROUND}\n{one}\n{first[:80]}", f"{AROUND}\n{two}\n{second}")[1]


WASH = "Rub all surfaces of both hands with soap for at least 20 seconds before you rinse them."
CALL = "The nurse who finds it must call the pharmacist within 24 hours and write down the name."


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(WASH, WASH.replace("20", "40"), id="a number"),
        pytest.param(WASH, WASH.replace("20 seconds", "two minutes"), id="another unit, spelled"),
        pytest.param(CALL, CALL.replace("24 hours", "3 days"), id="a deadline"),
        pytest.param(CALL, CALL.replace("must", "may"), id="a duty against a permission"),
        pytest.param(CALL, CALL.replace("must call", "must not call"), id="a not"),
        pytest.param(
            "The clerk on duty checks the downtime cart every week and signs the sheet.",
            "The clerk on duty checks the downtime cart monthly and signs the sheet.",
            id="how often",
        ),
        pytest.param(
            "Take the readings of each refrigerator twice a day and write them on the log.",
            "Take the readings of each refrigerator every 8 hours and write them on the log.",
            id="twice a day is every 12 hours",
        ),
        pytest.param(
            "Before the drip is started one nurse checks the pump, the line and the rate.",
            "Before the drip is started two nurses check the pump, the line and the rate.",
            id="how many people",
        ),
        pytest.param(
            "The first dose for this indication is 5 mg by mouth with the evening meal.",
            "The first dose for this indication is 0.5 mg by mouth with the evening meal.",
            id="a dose",
        ),
        pytest.param(
            "The cupboard in the nourishment room is kept from 34 to 41 °F at all times.",
            "The cupboard in the nourishment room is kept from 34 to 40 °F at all times.",
            id="a limit",
        ),
        pytest.param(
            "Claims for what was lost on the unit are paid up to $500 without a signature.",
            "Claims for what was lost on the unit are paid up to $250 without a signature.",
            id="money",
        ),
        pytest.param(
            "The main doors are locked for the night at 8:30 p.m. by the guard on duty.",
            "The main doors are locked for the night at 9 p.m. by the guard on duty.",
            id="a time of day",
        ),
        pytest.param(
            "The rule holds for all staff who are 18 years or older on the day they begin.",
            "The rule holds for all staff who are 16 years or older on the day they begin.",
            id="an age",
        ),
        pytest.param(
            "In 80 minutes the guard must have walked past all the doors of the ground floor.",
            "In 16 minutes the guard must have walked past all the doors of the ground floor.",
            id="at the edge of what both share",
        ),
        pytest.param(
            "The log must only show the name of the guard and the hour of the round.",
            "The log must not only show the name of the guard and the hour of the round.",
            id="not only",
        ),
    ],
)
def test_a_contradiction_amid_agreeing_words_is_found(one, two):
    (finding,) = in_shared_text(one, two)

    assert len(finding.evidence) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(CALL, CALL.replace("24 hours", "1 day"), id="24 hours and 1 day"),
        pytest.param(CALL, CALL.replace("24 hours", "twenty-four hours"), id="in words"),
        pytest.param(CALL, CALL.replace("24 hours", "24 (24) hours"), id="said twice"),
        pytest.param(CALL, CALL.replace("24 hours", "24-hour"), id="with a hyphen"),
        pytest.param(CALL, CALL.replace("must", "shall"), id="must and shall"),
        pytest.param(
            "Log entries are kept by the records office for 12 months and then burnt.",
            "Log entries are kept by the records office for one year and then burnt.",
            id="12 months and a year",
        ),
        pytest.param(
            "Log entries are kept by the records office for 90 days and then burnt.",
            "Log entries are kept by the records office for 3 months and then burnt.",
            id="90 days and 3 months",
        ),
        pytest.param(
            "Take the readings of each refrigerator twice a day and write them on the log.",
            "Take the readings of each refrigerator every 12 hours and write them on the log.",
            id="twice a day and every 12 hours",
        ),
        pytest.param(
            "The first dose for this indication is 0.5 g by mouth with the evening meal.",
            "The first dose for this indication is 500 mg by mouth with the evening meal.",
            id="half a gram and 500 mg",
        ),
        pytest.param(
            "The cupboard in the medication room is kept from 2 to 8 °C at all times.",
            "The cupboard in the medication room is kept from 36 to 46 °F at all times.",
            id="Celsius and Fahrenheit",
        ),
        pytest.param(
            "In adults with a fever the first dose is given within 60 minutes of arrival.",
            "In infants with a fever the first dose is given within 30 minutes of arrival.",
            id="for others",
        ),
        pytest.param(
            "The pain of the patient is scored again within 60 minutes of an oral dose.",
            "The pain of the patient is scored again within 30 minutes of an intravenous dose.",
            id="another route",
        ),
        pytest.param(
            "Whoever takes the key brings it back within 2 hours of signing for it.",
            "Whoever takes the key brings it back within 8 hours of signing for it, "
            "unless the guard allows more.",
            id="unless",
        ),
        pytest.param(
            "At the Lakeside campus the doors are opened at 6:00 a.m. by the guard on duty.",
            "At the Tower campus the doors are opened at 7:00 a.m. by the guard on duty.",
            id="two campuses",
        ),
        pytest.param(
            "Policy review by the committee is monitored by the office once a quarter.",
            "Penetration testing by the vendor is monitored by the office once a year.",
            id="about something else",
        ),
        pytest.param(
            "Compliance with the annual log review is monitored by the office once a year.",
            "Review of the keys by the guards is monitored by the office once a quarter.",
            id="about something else, and how often",
        ),
        pytest.param(
            "Personal representatives have the rights named under 164.502(g) at all times.",
            "Personal representatives have the rights named under 164.510(g) at all times.",
            id="paragraph g is not a gram",
        ),
        pytest.param(
            "The controls named in Section 404 SEC are tested by the office at all times.",
            "The controls named in Section 302 SEC are tested by the office at all times.",
            id="a section of the SEC is not a second",
        ),
        pytest.param(
            "Write the name and the time on form 4411 and send it to room 212 at once.",
            "Write the name and the time on form 4412 and send it to room 310 at once.",
            id="a form and a room",
        ),
        pytest.param(
            "Who finds the door open calls extension 4410 or 555-0142 and stays there.",
            "Who finds the door open calls extension 4477 or 555-0199 and stays there.",
            id="telephones",
        ),
        pytest.param(
            "The words are set out in section 4.2 of policy HR-310 and in 42 CFR 482.",
            "The words are set out in section 5.1 of policy HR-311 and in 45 CFR 164.",
            id="sections, policies and laws",
        ),
        pytest.param(
            "This rule was agreed by the committee on March 14, 2019 and on 03/12/2016.",
            "This rule was agreed by the committee on April 9, 2021 and on 04/12/2018.",
            id="dates",
        ),
        pytest.param(
            "4.1 Reports of the round are kept by the office for all to read.",
            "7.3 Reports of the round are kept by the office for all to read.",
            id="numbering",
        ),
        pytest.param(
            "Staff may not take pictures of patients in any room of the hospital.",
            "Staff must not take pictures of patients in any room of the hospital.",
            id="may not forbids as must not does",
        ),
        pytest.param(
            "The log must be filled in and signed no later than the end of the shift.",
            "The log must be filled in and signed not later than the end of the shift.",
            id="no later and not later",
        ),
    ],
)
def test_what_only_looks_like_one_is_left_alone(one, two):
    assert in_shared_text(one, two) == []


def test_the_sentence_says_both_and_counts_the_rest():
    one = f"{WASH} {CALL}"
    two = f"{WASH.replace('20', '40')} {CALL.replace('24', '72')}"
    documents, (finding,) = found(f"{AROUND}\n{one}", f"{AROUND}\n{two}")

    assert finding.sentence == (
        "“Ward Rules” (POL-001) says 20 seconds where “House Rules” (POL-002) says 40 seconds; "
        "1 more difference."
    )
    assert [quoted(documents[0], each.a) for each in finding.evidence] == [WASH, CALL]
    assert quoted(documents[1], finding.evidence[0].b) == WASH.replace("20", "40")


def test_short_sentences_in_policies_that_share_nothing_else_are_found():
    reach = "Specimens reach the Laboratory within 30 minutes of collection."
    one, two = text("one", 200), text("two", 200)
    _, (finding,) = found(f"{one}\n{reach}", f"{reach.replace('30 minutes', '2 hours')}\n{two}")

    assert "30 minutes" in finding.sentence
    assert "2 hours" in finding.sentence


def test_copies_of_one_side_share_the_finding():
    _, (finding,) = found(
        *(f"{AROUND}\n{WASH}\n{text(number, 60)}" for number in "abc"),
        f"{AROUND}\n{WASH.replace('20', '40')}\n{text('d', 60)}",
    )

    assert set(finding.policies) == {1, 2, 3, 4}
    assert len(finding.evidence) == 3


def test_those_who_say_one_thing_in_their_own_names_share_the_finding():
    tell = "Upon discovery of a breach the office tells all {} customers within {} hours of it."
    _, (finding,) = found(
        *(f"{AROUND}\n{tell.format(*each)}" for each in (("Elm", 4), ("Oak", 4), ("Ash", 72)))
    )

    assert set(finding.policies) == {1, 2, 3}
    assert {each.of for each in finding.evidence} == {(0, 1), (2, 1)}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(
            "Hold the review within 30 days.", "Hold the review within 60 days.", id="short"
        ),
        pytest.param(
            "Sessions of the staff are closed after 85 minutes in the cloud.",
            "Sessions of the staff are closed after 30 minutes without a key.",
            id="another word",
        ),
    ],
)
def test_strangers_must_agree_in_all_words_of_a_sentence_of_some_length(one, two):
    assert found(f"{text('one', 200)}\n{one}", f"{two}\n{text('two', 200)}")[1] == []


def test_copies_that_run_their_lines_on_are_cut_alike():
    lead = "What is done at home by the nurse on her round is told to the office the same day"
    one = f"{lead}\nIt is kept in the log of the office until the round is over and signed"
    two = one.replace("\n", " ").replace("is kept", "is not kept")
    _, (finding,) = found(f"{AROUND}\n{one}", f"{AROUND}\n{two}")

    assert "is not kept" in finding.sentence


def test_titles_and_headings_that_name_other_people_excuse():
    fever = "The first dose is given within 60 minutes of the first signs of a fever."
    other = fever.replace("60", "30")
    titles = ("Fever in Adults", "Fever in Infants")

    assert found(f"{AROUND}\n{fever}", f"{AROUND}\n{other}", titles=titles)[1] == []


def test_header_fields_never_conflict():
    contents = [
        f"Review cycle: every {months} months by the owner of this policy\n{AROUND}"
        for months in (12, 36)
    ]
    documents = [
        make_document(number, each, passages=lines_as_passages(each, {0: PassageKind.HEADER}))
        for number, each in enumerate(contents, start=1)
    ]

    assert list(DETECTOR.detect(make_library(*documents))) == []


def test_offsets_are_code_points_with_emoji_before():
    one, two = f"🧼🧼 {AROUND}\n🧼 {WASH}", f"{AROUND}\n{WASH.replace('20', '40')}"
    documents, (finding,) = found(one, two)

    assert quoted(documents[0], finding.evidence[0].a) == WASH
