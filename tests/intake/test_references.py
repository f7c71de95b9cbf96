import pytest

from gross.intake import read


def found(text, head=""):
    """What is mentioned, as (number, title, what stands at the offsets)."""
    reading = read("x.txt", f"Fall Prevention\n{head}\nPURPOSE\n\n{text}\n".encode())
    return [
        (each.number, each.title, reading.text[each.start : each.end])
        for each in reading.references
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("See NUR-231.", [("NUR-231", "", "NUR-231")], id="dash"),
        pytest.param("Refer to policy IC 014.", [("IC 014", "", "IC 014")], id="space"),
        pytest.param(
            "As ADM.HR.203 says.", [("ADM.HR.203", "", "ADM.HR.203")], id="dots and letters"
        ),
        pytest.param("Per Nursing Policy P-55,", [("P-55", "", "P-55")], id="one letter"),
        pytest.param("See policy GV/002.", [("GV/002", "", "GV/002")], id="slash"),
        pytest.param("See Policy # 4176668.", [("4176668", "", "4176668")], id="PolicyStat"),
        pytest.param("policy #166 applies", [("166", "", "166")], id="sharp"),
        pytest.param(
            "VHA Directive 2008-080 is rescinded.", [("2008-080", "", "2008-080")], id="VHA"
        ),
        pytest.param(
            "See NUR-231, NUR-245 and IC-014.",
            [("NUR-231", "", "NUR-231"), ("NUR-245", "", "NUR-245"), ("IC-014", "", "IC-014")],
            id="a list",
        ),
        pytest.param(
            "See Hospital Administrative Policy 13.07-Standard Precautions for it.",
            [("13.07", "Standard Precautions", "13.07-Standard Precautions")],
            id="title after a dash",
        ),
        pytest.param(
            "refer to Policy 8.16, Patient Care Orders.",
            [("8.16", "Patient Care Orders", "8.16, Patient Care Orders")],
            id="title after a comma",
        ),
        pytest.param(
            "refer to the “Code Blue Response” policy",
            [("", "Code Blue Response", "Code Blue Response")],
            id="quoted title",
        ),
        pytest.param(
            "see Hand Hygiene Policy IC-014",
            [("IC-014", "Hand Hygiene", "Hand Hygiene Policy IC-014")],
            id="title and number",
        ),
        pytest.param(
            'policy #166 titled "Falls at Night"',
            [("166", "Falls at Night", '166 titled "Falls at Night')],
            id="number, then quoted title",
        ),
        pytest.param(
            'Snacks: see the policy "Patient Nourishment Stations".',
            [("", "Patient Nourishment Stations", "Patient Nourishment Stations")],
            id="quoted after the word",
        ),
        pytest.param("Follow HR-310 yearly.", [("HR-310", "", "HR-310")], id="human resources"),
        pytest.param(
            "as per the [System Access Policy](#7) and as outlined in the Datica\nRoles Policy",
            [("", "System Access", "System Access"), ("", "Datica Roles", "Datica\nRoles")],
            id="in a link, over a line's end",
        ),
    ],
)
def test_another_policy_is_found_where_it_stands(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "45 CFR 164.528 and 42 U.S.C. 1395 apply.",
        "See NFPA 101, ISO 9001 and USP 797.",
        "Patients with COVID-19, coded by ICD-10.",
        "Joint Commission EC.02.01.01 requires it.",
        "See Form 1234 and CMS-1500.",
        "Screen with the PHQ-9 under policy.",
        "The policy of 2016 was revised; procedure 12 follows.",
        "See section 4.2 and Table 3.",
        "See this policy. Refer to the Hospital Policy.",
        "Call 1-800-555-0199 or ext. 4411, room B-204.",
        "Follow up at a heart rate of HR 72 or HR-72, and under bill HR-1234.",
        "Use form HCFA-1500 per the payer.",
        "Give 10 mg in 100 mL at 13.07 on day 2.",
    ],
)
def test_laws_standards_forms_and_figures_are_no_policies(text):
    assert found(text) == []


def test_its_own_number_is_no_reference_and_what_it_supersedes_is():
    head = "Policy Number: NUR-231\nSupersedes: NUR-100\nOwner: see NUR-999\n"

    assert found("NUR-231 governs.", head) == [("NUR-100", "", "NUR-100")]


def test_a_line_under_references_may_begin_with_a_number_parted_by_a_space():
    listed = (
        "It is kept.\n\nRELATED DOCUMENTS\n\nNUR 101, Patient Identification\n\nHIM 012 Release\n\n"
    )

    assert found(listed) == [
        ("NUR 101", "Patient Identification", "NUR 101, Patient Identification"),
        ("HIM 012", "", "HIM 012"),
    ]
    assert found("NUR 101 nurses worked here in 2020.") == []
