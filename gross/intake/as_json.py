"""A reading as plain JSON: what `gross read FILE --json` prints, and what the child sends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gross.domain.partial_date import PartialDate
from gross.domain.passage import Passage, PassageKind
from gross.domain.reference import Mention, Reference
from gross.intake.types import Approval, Aside, Found, Link, Reading


def to_json(reading: Reading) -> dict[str, Any]:
    return {
        "outcome": "read",
        "reason": "",
        "title": reading.title,
        "number": reading.number,
        "dates": {name: str(value) for name, value in reading.dates.items()},
        "fields": dict(reading.fields),
        "sections": [
            {
                "path": passage.section,
                "start": passage.start,
                "end": passage.end,
                "kind": str(passage.kind),
            }
            for passage in reading.passages
        ],
        "references": [
            {"start": each.start, "end": each.end, "number": each.number, "title": each.title}
            for each in reading.references
        ],
        "text": reading.text,
        "warnings": list(reading.warnings),
        "asides": [asdict(each) for each in reading.asides],
        "links": [asdict(each) for each in reading.links],
        "image_pages": list(reading.image_pages),
        "ocr_pages": list(reading.ocr_pages),
        **places_to_json(reading),
    }


def places_to_json(reading: Reading) -> dict[str, Any]:
    """Where the text says what: the values of the header, who approved, and what is mentioned."""
    return {
        "found": {
            name: [asdict(each) for each in values] for name, values in reading.found.items()
        },
        "approvals": [asdict(each) for each in reading.approvals],
        "mentions": [asdict(each) for each in reading.mentions],
    }


def _found_from_json(values: dict[str, Any]) -> dict[str, tuple[Found, ...]]:
    return {
        str(name): tuple(
            Found(str(at["value"]), int(at["start"]), int(at["end"]), bool(at["is_ambiguous"]))
            for at in each
        )
        for name, each in values.items()
    }


def refusal_to_json(sentence: str) -> dict[str, Any]:
    """The same keys for a file that was refused, so that whoever reads them need not ask twice."""
    return {**to_json(Reading(text="", passages=())), "outcome": "refused", "reason": sentence}


def from_json(values: dict[str, Any]) -> Reading:
    """Build the reading again; an offset outside the text is an error, whoever sent it.

    Raises:
        ValueError, KeyError, TypeError: the values are not those of `to_json`.
    """
    text = str(values["text"])
    passages = tuple(
        Passage(int(each["start"]), int(each["end"]), PassageKind(each["kind"]), str(each["path"]))
        for each in values["sections"]
    )
    references = tuple(
        Reference(int(each["start"]), int(each["end"]), str(each["number"]), str(each["title"]))
        for each in values["references"]
    )
    asides = tuple(
        Aside(str(each["kind"]), str(each["text"]), int(each["at"])) for each in values["asides"]
    )
    links = tuple(
        Link(int(each["start"]), int(each["end"]), str(each["target"])) for each in values["links"]
    )
    mentions = tuple(
        Mention(str(each["kind"]), str(each["value"]), int(each["start"]), int(each["end"]))
        for each in values["mentions"]
    )
    found = _found_from_json(values["found"])
    approvals = tuple(map(_approval, values["approvals"]))
    spans = [(each.start, each.end) for each in passages]
    for pointing in (references, links, mentions):
        spans += [(each.start, each.end) for each in pointing]
    is_outside = any(not 0 <= start < end <= len(text) for start, end in spans)
    if is_outside or any(not 0 <= each.at <= len(text) for each in asides):
        raise ValueError("an offset lies outside the text")
    places = [(each.start, each.end) for each in approvals]
    places += [(each.start, each.end) for every in found.values() for each in every]
    if any(not 0 <= start <= end <= len(text) for start, end in places):
        raise ValueError("a place of the header lies outside the text")
    return Reading(
        text=text,
        passages=passages,
        title=str(values["title"]),
        number=str(values["number"]),
        dates={str(name): PartialDate.parse(value) for name, value in values["dates"].items()},
        fields={str(name): str(value) for name, value in values["fields"].items()},
        references=references,
        warnings=tuple(str(each) for each in values["warnings"]),
        asides=asides,
        links=links,
        image_pages=tuple(int(each) for each in values["image_pages"]),
        ocr_pages=tuple(int(each) for each in values["ocr_pages"]),
        found=found,
        approvals=approvals,
        mentions=mentions,
    )


def _approval(values: dict[str, Any]) -> Approval:
    who, office, date = (str(values[name]) for name in ("who", "office", "date"))
    return Approval(who, office, date, int(values["start"]), int(values["end"]))
