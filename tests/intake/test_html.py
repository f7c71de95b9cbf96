from gross.intake import read
from tests.intake.makers import shown

PAGE = """<!doctype html><html><head><title>Hand Hygiene | Mercy</title><style>p {}</style></head>
<body><nav><a href="/">Home</a></nav><h1>Hand Hygiene</h1>
<table><tr><td>Policy Number</td><td>IC-014</td></tr>
<tr><td>Effective Date</td><td>March 2019</td></tr></table>
<h2>Purpose</h2><p>To stop <b>infection</b>.<br>Always.</p>
<div style="display: none">old text</div><p hidden>gone</p>
<h2>Procedure</h2><ul><li>Wet hands.<ul><li>Warm water</li></ul></li><li>Take soap.</li></ul>
<table><tr><th>Step</th><th>Time</th></tr><tr><td>Rub</td><td>20 s</td></tr></table>
<script>alert("x")</script><!-- comment --><footer>Printed copies are not controlled.</footer>
</body></html>"""


def test_a_page_gives_what_is_seen_in_its_order():
    assert shown(read("a.html", PAGE.encode())) == [
        ("heading", "", "Hand Hygiene"),
        ("header", "", "Policy Number | IC-014"),
        ("header", "", "Effective Date | March 2019"),
        ("heading", "", "Purpose"),
        ("paragraph", "Purpose", "To stop infection. Always."),
        ("heading", "", "Procedure"),
        ("item", "Procedure", "Wet hands."),
        ("item", "Procedure", "Warm water"),
        ("item", "Procedure", "Take soap."),
        ("row", "Procedure", "Step | Time"),
        ("row", "Procedure", "Rub | 20 s"),
        ("header", "Procedure", "Printed copies are not controlled."),
    ]


def test_a_page_gives_its_header_data():
    reading = read("a.html", PAGE.encode())

    assert (reading.title, reading.number) == ("Hand Hygiene", "IC-014")
    assert str(reading.dates["effective"]) == "2019-03"


def test_the_title_element_stands_in_for_a_heading():
    page = b"<title>Visitor Rules</title><p>visitors may come at any hour of the day.</p>"

    assert read("a.htm", page).title == "Visitor Rules"


def test_a_declared_encoding_is_believed():
    page = '<meta charset="windows-1252"><p>Übergabe – täglich</p>'.encode("cp1252")

    assert read("a.html", page).text == "Übergabe – täglich"


def test_a_page_may_nest_as_deep_as_it_likes():
    assert read("a.html", b"<div>" * 20000 + b"deep").text == "deep"
    assert read("a.html", b"<table><tr><td>" * 2000 + b"deep").text == "deep"


def test_terms_and_what_they_mean_are_rows_and_may_be_the_header():
    page = """<h1>Downtime Cart</h1><dl><dt>Policy</dt><dd>IT-130</dd><div><dt>Effective</dt>
    <dd>2018-09-10</dd></div><dt>Next review</dt><dd><p>2027-09-03</p></dd></dl><h2>Terms</h2>
    <dl><dt>Seal</dt><dd>A red tag.</dd><dd>It has a number.</dd></dl><p>Check it.</p>"""
    reading = read("a.html", page.encode())

    assert (reading.title, reading.number) == ("Downtime Cart", "IT-130")
    assert {name: str(date) for name, date in reading.dates.items()} == {
        "effective": "2018-09-10",
        "next_review": "2027-09-03",
    }
    assert shown(reading)[1:] == [
        ("header", "", "Policy | IT-130"),
        ("header", "", "Effective | 2018-09-10"),
        ("header", "", "Next review | 2027-09-03"),
        ("heading", "", "Terms"),
        ("row", "Terms", "Seal | A red tag. | It has a number."),
        ("paragraph", "Terms", "Check it."),
    ]


def test_numbered_lists_show_their_numbers():
    page = (
        "<ol start=3><li>Wet<ol><li>Warm</li></ol></li><li value=9><p>Soap</p><p>and more</p></li>"
        "<li>Rub</li></ol><ul><li>Dry</li></ul><ol start=x><li></li><li>Again</li></ol>"
    )

    assert [text for _, _, text in shown(read("a.html", page.encode()))] == [
        "3. Wet",
        "1. Warm",
        "9. Soap",
        "and more",
        "10. Rub",
        "Dry",
        "2. Again",
    ]
