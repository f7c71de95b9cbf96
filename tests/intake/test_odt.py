import pytest

from gross.domain.errors import Refused
from gross.intake import read
from tests.intake.makers import odt, shown, zipped

BODY = (
    "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
    '<text:h text:outline-level="1">Purpose</text:h><text:p>To stop<text:s text:c="99999999"/>'
    "infection<text:tab/>now.</text:p><text:list><text:list-item><text:p>Wet hands.</text:p>"
    "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Rub"
    "</text:p></table:table-cell><table:table-cell><text:p>20 s</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)


def test_an_opendocument_text_gives_its_passages():
    assert shown(read("a.odt", odt(BODY))) == [
        ("heading", "", "Purpose"),
        ("paragraph", "Purpose", "To stop infection now."),
        ("item", "Purpose", "Wet hands."),
        ("row", "Purpose", "Rub | 20 s"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            odt("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "a.odt is protected by a password; save it without one.",
            id="encrypted",
        ),
        pytest.param(
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "a.odt is damaged: it holds no OpenDocument text.",
            id="without content",
        ),
    ],
)
def test_a_broken_opendocument_text_is_refused(content, sentence):
    with pytest.raises(Refused) as refusal:
        read("a.odt", content)

    assert str(refusal.value) == sentence
