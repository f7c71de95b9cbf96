"""Law, standards, forms and systems: told where they stand, written one way."""

import pytest

from gross.intake import read
from gross.intake.mentions import find_mentions


def found(text):
    return [(each.kind, each.value) for each in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("45 CFR 164.308(a)(1)", "law", "45 CFR 164.308(a)(1)"),
        ("45 C.F.R. § 164.308 (a) (1)", "law", "45 CFR 164.308(a)(1)"),
        ("45 CFR Part 164", "law", "45 CFR 164"),
        ("42 CFR 482.13(e)", "law", "42 CFR 482.13(e)"),
        ("42 CFR §482.13(e)(4)(ii)", "law", "42 CFR 482.13(e)(4)(ii)"),
        ("§ 164.316(a)", "law", "45 CFR 164.316(a)"),
        ("164.316(a) - Policies and Procedures", "law", "45 CFR 164.316(a)"),
        ("§482.24", "law", "42 CFR 482.24"),
        ("OSHA 1910.1030", "law", "29 CFR 1910.1030"),
        ("OSHA standard 1910.134(c)", "law", "29 CFR 1910.134(c)"),
        ("29 CFR 1910.1030", "law", "29 CFR 1910.1030"),
        ("42 U.S.C. § 1395dd", "law", "42 USC 1395dd"),
        ("42 USC 299b-21", "law", "42 USC 299b-21"),
        ("Public Law 104-191", "law", "Public Law 104-191"),
        ("Pub. L. No. 111–148", "law", "Public Law 111-148"),
        ("Title 22 CCR § 70203", "law", "22 CCR 70203"),
        ("22 CCR 70213(a)", "law", "22 CCR 70213(a)"),
        ("10 NYCRR 405.7", "law", "10 NYCRR 405.7"),
        ("105 CMR 130.375", "law", "105 CMR 130.375"),
        ("25 TAC §133.41", "law", "25 TAC 133.41"),
        ("RCW 70.41.230", "law", "RCW 70.41.230"),
        ("WAC 246-320-166", "law", "WAC 246-320-166"),
        ("N.J.A.C. 8:43G-5.1", "law", "NJAC 8:43G-5.1"),
        ("A.R.S. § 36-405", "law", "ARS 36-405"),
        ("California Health & Safety Code § 1279.1", "law",
         "California Health and Safety Code 1279.1"),
        ("Ohio Revised Code 3701.83", "law", "Ohio Revised Code 3701.83"),
        ("Florida Statutes 395.0197", "law", "Florida Statutes 395.0197"),
        ("M.G.L. c. 111, § 70E", "law", "MGL c. 111 § 70E"),
        ("the Mental Capacity Act 2005", "law", "Mental Capacity Act 2005"),
        ("Safe Medical Devices Act of 1990", "law", "Safe Medical Devices Act 1990"),
        ("EMTALA", "law", "EMTALA"),
        ("Joint Commission NPSG.01.01.01", "standard", "Joint Commission NPSG.01.01.01"),
        ("PC.03.05.01, EP 4", "standard", "Joint Commission PC.03.05.01 EP 4"),
        ("NFPA 101", "standard", "NFPA 101"),
        ("NFPA 99 (2012)", "standard", "NFPA 99:2012"),
        ("USP <797>", "standard", "USP <797>"),
        ("USP Chapter 800", "standard", "USP <800>"),
        ("ISO 15189:2022", "standard", "ISO 15189:2022"),
        ("NIST SP 800-53 Rev. 5", "standard", "NIST SP 800-53 Rev. 5"),
        ("AAMI ST79", "standard", "ANSI/AAMI ST79"),
        ("ASHRAE 170", "standard", "ASHRAE 170"),
        ("Tag A-0154", "standard", "CMS Tag A-0154"),
        ("Complete Form 1234.", "form", "Form 1234"),
        ("use form #NS-44 daily", "form", "Form NS-44"),
        ("Form CMS-1500", "form", "Form CMS-1500"),
        ("CMS-2567", "form", "Form CMS-2567"),
        ("the OSHA 300 log", "form", "OSHA Form 300"),
        ("complete the Incident Report Form", "form", "Incident Report Form"),
        ("on the Code Cart Checklist", "form", "Code Cart Checklist"),
        ("Document in Epic.", "system", "Epic"),
        ("the Epic downtime binder", "system", "Epic"),
        ("removed from Pyxis", "system", "Pyxis"),
        ("the Omnicell cabinet", "system", "Omnicell"),
        ("the SafetyNet software", "system", "SafetyNet"),
    ],
)  # fmt: skip
def test_it_is_told_and_written_one_way(text, kind, value):
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "This was an epic failure. Epic battles are rare.",
        "The form 2 weeks later is filed. Forms are kept.",
        "Teams meet weekly; zoom in on the wound.",
        "See policy IC-014 and section 4.2 on page 45.",
        "Temperature is 164.3 and the dose 482.13 mg.",
        "The hospital system is closed. The Emergency System is down.",
        "Act at once in 2016. An act of 2005.",
        "HR-310, P-55, room 1910, OSHA rules, ISO week, NFPA members.",
        "",
    ],
)
def test_look_alikes_are_none(text):
    assert found(text) == []


def test_each_section_of_a_list_is_told():
    assert found("45 CFR 164.308(a)(1), 164.312(b) and 164.316") == [
        ("law", "45 CFR 164.308(a)(1)"),
        ("law", "45 CFR 164.312(b)"),
        ("law", "45 CFR 164.316"),
    ]


def test_a_mention_stands_where_it_is_and_is_no_policy():
    text = "Falls\n\nPURPOSE\n\nSee 42 CFR 482.13(e), WAC 246-320-166, Form NS-44 and NUR-231.\n"
    reading = read("x.txt", text.encode())

    assert [reading.text[each.start : each.end] for each in reading.mentions] == [
        "42 CFR 482.13(e)",
        "WAC 246-320-166",
        "Form NS-44",
    ]
    assert [each.number for each in reading.references] == ["NUR-231"]


def test_long_texts_take_linear_time():
    text = "The Act " * 40_000 + "A" * 200_000 + "(a)" * 60_000

    assert len(find_mentions(text)) == 0
