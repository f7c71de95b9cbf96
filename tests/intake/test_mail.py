from email.message import EmailMessage

import pytest

from gross.domain.errors import Refused
from gross.intake import eml, read
from tests.intake.makers import p, shown, word


def mail(text="Please follow the attached policy.", html="", attached=(), **headers):
    made = EmailMessage()
    made["From"] = "Infection Control <ic@hospital.example>"
    made["Subject"] = headers.get("subject", "FW: Hand Hygiene – from March")
    made["Date"] = "Mon, 14 Mar 2016 08:00:00 -0500"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_a_mail_gives_its_subject_and_words():
    reading = read("a.eml", mail())

    assert reading.title == "Hand Hygiene – from March"
    assert shown(reading) == [
        ("heading", "", "Hand Hygiene – from March"),
        ("header", "", "Mail from: Infection Control <ic@hospital.example>"),
        ("header", "", "Mail sent on: 2016-03-14"),
        ("paragraph", "", "Please follow the attached policy."),
    ]
    assert reading.dates == {}, "the day of a mail is no date of a policy"
    assert reading.fields.get("owner") is None


def test_of_two_forms_the_one_with_structure_is_read():
    page = "<h1>Purpose</h1><ul><li>Wet hands.</li></ul>"

    assert shown(read("a.eml", mail("Purpose. Wet hands.", page)))[3:] == [
        ("heading", "", "Purpose"),
        ("item", "Purpose", "Wet hands."),
    ]


def test_attachments_are_named_and_given():
    content = mail(attached=[("Häme.docx", word(p("Words"))), ("../up/Häme.docx", b"other")])

    found = eml.attachments("a.eml", content)

    assert [entry.name for entry in found] == ["Häme.docx", "Häme (2).docx"]
    assert read("x.docx", found[0].open()).text == "Words"
    assert read("a.eml", content).warnings[-1] == (
        "a.eml came with 2 files (Häme.docx, Häme (2).docx); "
        "an import takes each as a file of its own."
    )


def test_a_mail_in_a_mail_is_a_file_of_its_own():
    outer, inner = EmailMessage(), EmailMessage()
    inner["Subject"] = "Falls: new policy"
    inner.set_content("Inner words.")
    outer["Subject"] = "FW: Falls"
    outer.set_content("Outer words.")
    outer.add_attachment(inner)

    (entry,) = eml.attachments("a.eml", outer.as_bytes())

    assert entry.name == "Falls new policy.eml"
    assert "Inner words." in read(entry.name, entry.open()).text
    assert "Inner words." not in read("a.eml", outer.as_bytes()).text


def test_pictures_of_the_page_are_no_attachments():
    made = EmailMessage()
    made.set_content("<p>Words</p>", subtype="html")
    made.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")

    assert eml.attachments("a.eml", b"Subject: x\n" + made.as_bytes()) == []


@pytest.mark.parametrize("filename", ["a.eml", "a.mht"])
@pytest.mark.parametrize("content", [b"just words\n", b"\xd0\xcf", b"<html>"])
def test_what_is_no_mail_is_refused(filename, content):
    with pytest.raises(Refused) as refusal:
        read(filename, content)

    assert str(refusal.value) == (
        f"{filename} is damaged: it does not begin with the lines of a mail."
    )


def test_endless_parts_are_refused():
    part = b"--b\n\nwords\n"
    content = b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 1500 + b"--b--\n"

    with pytest.raises(Refused) as refusal:
        read("a.eml", content)

    assert str(refusal.value) == ("a.eml has more parts than any mail has; it may be damaged.")


PAGE = (
    b"From: <Saved by Blink>\r\nSubject: Visitors\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    b'--b\r\nContent-Type: text/html; charset="windows-1252"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<title>Visitor Policy</title><h1>Caf=E9</h1><p>Open=\r\n daily.</p><script>run()</script>\r\n"
    b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"aGVsbG8=\r\n--b--\r\n"
)


def test_a_saved_web_page_is_read_as_a_page():
    reading = read("a.mhtml", PAGE)

    assert reading.title == "Café"
    assert shown(reading) == [("heading", "", "Café"), ("paragraph", "Café", "Open daily.")]


def test_the_framed_pages_are_read_where_the_first_is_only_a_frame():
    framed = PAGE.replace(
        b"\r\n--b\r\nContent-Type: text/html",
        b"\r\n--b\r\nContent-Type: text/html\r\n\r\n<frameset><frame src=x></frameset>"
        b"\r\n--b\r\nContent-Type: text/html",
        1,
    )

    assert "Open daily." in read("a.mht", framed).text


def test_a_saved_page_without_a_page_is_refused():
    with pytest.raises(Refused) as refusal:
        read("a.mht", PAGE.replace(b"text/html", b"text/x-other"))

    assert str(refusal.value) == ("a.mht holds no web page; save the page again as .html or .pdf.")
