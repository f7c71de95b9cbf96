import json

import pytest

from gross.intake import read
from gross.intake.as_json import from_json, refusal_to_json, to_json

POLICY = (
    b"Policy Number: NUR-231\nEffective Date: 4/2010\n\nPURPOSE\n\nSee IC-014 \xf0\x9f\x8f\xa5.\n"
)


def test_a_reading_comes_back_from_json_as_it_was():
    reading = read("a.txt", POLICY)

    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_the_keys_are_those_of_the_contract():
    values = to_json(read("a.txt", POLICY))

    assert values["outcome"] == "read"
    assert values["dates"] == {"effective": "2010-04"}
    assert values["sections"][-1] == {
        "path": "PURPOSE",
        "start": 56,
        "end": 69,
        "kind": "paragraph",
    }
    assert values["text"][56:69] == "See IC-014 🏥."


def test_a_refusal_has_the_same_keys():
    refusal = refusal_to_json("a.txt is empty.")

    assert (refusal["outcome"], refusal["reason"]) == ("refused", "a.txt is empty.")
    assert refusal.keys() == to_json(read("a.txt", POLICY)).keys()


@pytest.mark.parametrize(
    "span", [{"start": -1, "end": 3}, {"start": 0, "end": 9999}, {"start": 5, "end": 5}]
)
def test_offsets_outside_the_text_are_an_error(span):
    values = to_json(read("a.txt", POLICY))
    values["sections"][0] |= span

    with pytest.raises(ValueError, match="an offset lies outside the text"):
        from_json(values)


@pytest.mark.parametrize(
    "outside",
    [
        {"asides": [{"kind": "comment", "text": "Why?", "at": 9999}]},
        {"links": [{"start": 0, "end": 9999, "target": "#top"}]},
    ],
)
def test_an_aside_or_a_link_outside_the_text_is_an_error(outside):
    with pytest.raises(ValueError, match="an offset lies outside the text"):
        from_json(to_json(read("a.txt", POLICY)) | outside)


def test_the_header_says_where_it_was_found():
    values = to_json(read("a.txt", POLICY))

    assert values["number"] == "NUR-231"
    assert values["found"]["number"] == [
        {"value": "NUR-231", "start": 15, "end": 22, "is_ambiguous": False}
    ]
    assert values["found"]["effective"] == [
        {"value": "2010-04", "start": 39, "end": 45, "is_ambiguous": False}
    ]
    assert values["text"][39:45] == "4/2010"


@pytest.mark.parametrize("span", [{"start": -1}, {"end": 9999}, {"start": 9, "end": 5}])
def test_places_of_the_header_outside_the_text_are_an_error(span):
    values = to_json(read("a.txt", POLICY))
    values["found"]["number"][0] |= span

    with pytest.raises(ValueError, match="a place of the header lies outside the text"):
        from_json(values)
