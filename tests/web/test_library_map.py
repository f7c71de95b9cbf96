"""The overlap map: its table says all; what is drawn is bounded, and the script is as published."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import gross.web
from gross.analysis.clusters import Cluster
from gross.web import library_map

VENDOR = Path(gross.web.__file__).parent / "static" / "vendor"


@pytest.fixture
def reviewer(make_person):
    return make_person("Robin Reviewer", roles="staff compliance")


def _data(page):
    return json.loads(page.tree.xpath("string(//script[@id='map-data'])"))


def test_each_tie_is_a_line_and_a_row_that_lead_to_the_comparison(
    pages_of, reviewer, make_flag, make_policy
):
    a, b, c = (make_policy(f"Copy {n}", "Wash.", number=f"S-{n}") for n in (1, 2, 3))
    flag = make_flag(a, b, c)
    make_flag(kind="conflicting")
    make_flag(kind="outdated")

    page = pages_of(reviewer).get("/library/map")

    links = page.tree.xpath("//table//a/@href")
    assert links[:2] == [f"/flags/{flag.id}/compare?a={a.id}&b={each.id}" for each in (b, c)]
    assert len(links) == 3
    assert [line["url"] for line in _data(page)["lines"]] == links
    assert {dot["name"] for dot in _data(page)["dots"]} >= {"S-1", "S-2", "S-3"}
    assert "5 policies and 3 ties" in page.text


def test_a_kind_is_an_address(pages_of, reviewer, make_flag):
    make_flag(kind="redundant")
    make_flag(kind="conflicting")
    pages = pages_of(reviewer)

    chips = pages.get("/library/map").tree.xpath("//nav[@aria-label='Kind']/a")
    assert [chip.text_content().strip() for chip in chips] == [
        "All 2",
        "Conflicting 1",
        "Redundant 1",
    ]
    page = pages.get(chips[1].get("href"))
    assert [line["kind"] for line in _data(page)["lines"]] == ["conflicting"]
    assert pages.get("/library/map?kind=odd").status == 200


def test_the_largest_clusters_are_drawn_first_up_to_a_number():
    most = library_map.MOST_POLICIES

    def cluster(first, size):
        return Cluster(tuple(range(first, first + size)), (), (), {}, 0)

    shown = library_map.fitting([cluster(0, most - 3), cluster(500, 4), cluster(600, 3)])
    assert len(shown) == most
    assert 600 in shown
    assert 500 not in shown
    assert len(library_map.fitting([cluster(0, most + 50)])) == most


def test_what_is_left_out_is_said(pages_of, reviewer, make_flag, monkeypatch):
    monkeypatch.setattr(library_map, "MOST_POLICIES", 2)
    make_flag()
    make_flag()
    page = pages_of(reviewer).get("/library/map")
    assert "the largest clusters first, at most 2 of 4 policies" in page.text


def test_an_empty_map_says_what_to_do_and_loads_no_script(pages_of, reviewer):
    page = pages_of(reviewer).get("/library/map")
    assert "No open flag ties policies together" in page.text
    assert "cytoscape" not in page.source


def test_only_the_map_loads_the_library_and_with_the_nonce(pages_of, reviewer, make_flag):
    make_flag()
    pages = pages_of(reviewer)
    page = pages.get("/library/map")
    tags = page.tree.xpath("//script[contains(@src, 'cytoscape')]")
    policy = page.response.headers["Content-Security-Policy"]
    assert len(tags) == 1
    assert f"'nonce-{tags[0].get('nonce')}'" in policy
    for path in ("/flags", "/clusters", "/detectors", "/"):
        assert "cytoscape" not in pages.get(path).source


def test_the_script_is_as_published_with_its_licence():
    listed = re.findall(r"^\| `(\S+)` .*`(\w{64})` \|$", (VENDOR / "README.md").read_text(), re.M)
    assert [name for name, _ in listed] == ["cytoscape.min.js"]
    for name, sha in listed:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == sha
    assert "Permission is hereby granted" in (VENDOR / "cytoscape.LICENSE.txt").read_text()
