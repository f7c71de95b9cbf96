import re

import pytest

from gross.analysis.detectors import superseded_term
from gross.analysis.knowledge.superseded_terms import rows, terms
from gross.analysis.types import Kind, Term
from tests.analysis.makers import make_document, make_library, quoted

EXAMPLES = {
    "T01": "Bills go to HCFA every month.",
    "T02": "All units follow JCAHO standards.",
    "T03": "Pain is treated by the guideline of the AHCPR.",
    "T05": "Write the HICN on the claim.",
    "T08": "Isolate patients with Clostridium difficile.",
    "T09": "This meets EC.02.03.01.",
    "T10": "This meets LS.01.02.01.",
    "T11": "This meets NPSG.07.01.01.",
    "T14": "Doors meet NFPA 101, 2000 edition.",
    "T15": "Gas outlets meet NFPA 99 (1999).",
    "T16": "See 42 CFR 483.65 (infection control).",
    "T18": "Under USP <797> a low-risk preparation is kept for 48 hours.",
    "T19": "The NIOSH list of 2016 applies.",
    "T20": "Keep the MSDS in the unit.",
    "T22": "Vaccination follows 42 CFR 482.42(g).",
    "T23": "Physicians attempt to secure an autopsy.",
    "T26": "Give every dose within 30 minutes of the scheduled time.",
    "T27": "See VHA Handbook 1108.06.",
    "T29": "Masks are worn during the COVID-19 public health emergency.",
    "T30": "Ask whether mental retardation is on the problem list.",
    "T31": "Open the schedule in Internet Explorer.",
    "T32": "The console runs Windows 7.",
    "T33": "Install Flash Player first.",
    "T34": "Enter the Medicare+Choice plan.",
    "T35": "Query the HIPDB.",
    "T36": "Report PQRS measures by March.",
    "T37": "The Institute of Medicine advises twelve hours.",
    "T38": "The manual follows ISO 9001:2008.",
    "T39": "Write to the Department of Health, Education and Welfare.",
    "T40": "Meet on Skype for Business.",
    "T41": "Compress as the 2015 AHA guidelines say.",
    "T42": "Post the rating from Hospital Compare.",
    "T43": "Testing follows 29 CFR 1910.501.",
}


def found(content):
    document = make_document(1, content, title="Sharps", number="IC-2")
    return list(superseded_term.detect(make_library(document, terms=terms())))


def test_every_active_term_has_an_example():
    assert EXAMPLES.keys() == {term.id for term in terms()}


@pytest.mark.parametrize("term_id", EXAMPLES)
def test_each_active_term_is_found_by_its_own_row(term_id):
    term = next(term for term in terms() if term.id == term_id)
    document = make_document(1, EXAMPLES[term_id])

    (finding,) = superseded_term.detect(make_library(document, terms=(term,)))

    assert finding.kind is Kind.OUTDATED
    assert term.term in finding.sentence


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("The Joint Commission (formerly JCAHO) visits us.", id="formerly"),
        pytest.param("JCAHO (now The Joint Commission) visits us.", id="now"),
        pytest.param("It was the Joint Commission (then the JCAHO) that asked.", id="then the"),
        pytest.param("Prior to 2001, HCFA paid for this.", id="prior to a year"),
        pytest.param("Revised 2004 for JCAHO.", id="revised in a year"),
        pytest.param("In 2003 the JCAHO asked for this.", id="in a year"),
        pytest.param("Use the HCFA-1500 form.", id="the name of a form"),
        pytest.param("For ambulatory sites EC.02.03.01 applies.", id="a programme that keeps it"),
        pytest.param(
            "Give time-critical drugs within 30 minutes of the scheduled time.", id="time-critical"
        ),
        pytest.param("Send the ajcahob file.", id="inside another word"),
        pytest.param("The Joint Commission visits us.", id="today's name"),
        pytest.param("Doors meet NFPA 101, 2012 edition.", id="the edition in force"),
        pytest.param("SDS binders replaced the MSDS binders.", id="what replaced it"),
        pytest.param("The Institute of Medicine report of 1999 is cited.", id="a report of then"),
        pytest.param("Code by ICD-9 and DSM-IV.", id="unverified terms are off"),
    ],
)
def test_history_forms_and_other_programmes_are_no_fault(content):
    assert found(content) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Since 2004 JCAHO has asked staff to report.", id="since is still so"),
        pytest.param("Then call JCAHO.", id="then, as a step"),
        pytest.param("Under the 2020 contract JCAHO visits us.", id="a year after the change"),
    ],
)
def test_what_is_still_told_as_true_is_a_fault(content):
    assert len(found(content)) == 1


def test_the_finding_quotes_each_sentence_and_gives_the_date():
    content = "Wear gloves. JCAHO asks for it. Ask J. Doe.\nAgain: JCAHO is strict. The end."
    document = make_document(1, content)

    (finding,) = found(content)

    assert finding.sentence == (
        "“Sharps” (IC-2) speaks of JCAHO in 2 places, "
        "which gave way to The Joint Commission on 2007-01-07."
    )
    quotes = [quoted(document, evidence.a) for evidence in finding.evidence]
    assert quotes == ["JCAHO asks for it.", "Again: JCAHO is strict."]


def test_a_hospital_adds_a_term_of_its_own():
    term = Term("H1", "the Fax Desk", r"\bFax Desk\b", "the portal", "2024", "memo 12")
    document = make_document(1, "Send it to the Fax Desk.", title="Orders", number="A-1")

    (finding,) = superseded_term.detect(make_library(document, terms=(term,)))

    assert finding.sentence == (
        "“Orders” (A-1) speaks of the Fax Desk, which gave way to the portal in 2024."
    )


def test_the_file_is_whole_and_unverified_rows_are_off():
    assert len(rows()) == 44
    for row in rows():
        assert row["active"] in ("yes", "no")
        assert row["source"]
        assert re.compile(row["pattern"])
        assert row["active"] == "no" or ("unverified" not in row["source"] and row["words"])
