"""The sample library through the real commands: every planted fault is found, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gross.intake import read

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo"
GROSS = str(Path(sys.executable).with_name("gross"))
PLANTED = json.loads((DEMO / "planted.json").read_text())
AS_OF = "2026-11-23"  # the day for which the sample was written


def gross(home, *words):
    done = subprocess.run(
        [GROSS, *map(str, words)],
        env={**os.environ, "GROSS_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("sample")
    said = gross(home, "import", DEMO / "library", "--manifest", DEMO / "manifest.csv", "--json")
    told = json.loads(said)
    assert (told["refused"], told["missing"]) == ([], [])
    gross(home, "scan", "--today", AS_OF)
    return home


@pytest.fixture(scope="module")
def flags(home):
    return [json.loads(line) for line in gross(home, "flags", "--format", "jsonl").splitlines()]


def folded(text):
    return " ".join(text.split()).casefold()


def is_found_by(fault, flag):
    """A flag finds a fault: same detector, all its files, and where words decide, the quotes."""
    sources = {policy["source"] for policy in flag["policies"]}
    if flag["detector"] != fault["detector"] or not set(fault["files"]) <= sources:
        return False
    if flag["detector"] == "conflicting":
        return any(is_proved_by(fault["quotes"], passage) for passage in flag["passages"])
    if flag["detector"] not in {"dead_reference", "superseded_term"}:
        return True
    quotes = [folded(quote) for quote in fault["quotes"]]
    passages = [folded(passage["a"]["text"]) for passage in flag["passages"]]
    return any(quote in passage or passage in quote for quote in quotes for passage in passages)


def is_proved_by(quotes, passage):
    """Both sentences of one passage hold the two quotes, or stand inside them."""
    sides = [folded(passage["a"]["text"]), folded(passage["b"]["text"])]
    quotes = [folded(quote) for quote in quotes]
    return any(
        all(quote in side or side in quote for quote, side in zip(quotes, order, strict=True))
        for order in (sides, sides[::-1])
    )


FAULTS = [fault for fault in PLANTED["faults"] if fault["detector"]]


@pytest.mark.parametrize(
    "fault", FAULTS, ids=lambda fault: f"{fault['detector']}-{fault['files'][0]}"
)
def test_a_planted_fault_is_found(flags, fault):
    assert any(is_found_by(fault, flag) for flag in flags), fault["note"]


def test_nothing_else_is_flagged(flags):
    """So no near miss is: a flag that finds no planted fault is a false one."""
    false = [
        (flag["detector"], flag["sentence"])
        for flag in flags
        if not any(is_found_by(fault, flag) for fault in FAULTS)
    ]
    assert false == []


@pytest.mark.parametrize(
    "miss", PLANTED["near_misses"], ids=lambda miss: f"{miss['detector']}-{miss['files'][0]}"
)
def test_a_near_miss_is_left_alone(flags, miss):
    """Two policies that only look alike are never flagged together; one that looks outdated is
    flagged only for what is planted in it."""
    for flag in flags:
        sources = {policy["source"] for policy in flag["policies"]}
        if flag["detector"] == miss["detector"] and set(miss["files"]) <= sources:
            assert any(is_found_by(fault, flag) for fault in FAULTS), flag["sentence"]


def text_of(home, source, asked):
    """By the command for the first file of each format, and by the same reader for the rest."""
    path = DEMO / "library" / source
    if path.suffix in asked:
        return read(path.name, path.read_bytes()).text
    asked.add(path.suffix)
    return json.loads(gross(home, "read", path, "--json"))["text"]


def test_quotes_stand_where_the_flags_say(home, flags):
    """Offsets are code points of the text that `gross read` gives."""
    texts, asked = {}, set()
    for flag in flags:
        for passage in flag["passages"]:
            sides = zip(passage.get("of", [0, 1]), ("a", "b"), strict=False)
            for index, side in sides:
                if side not in passage:
                    continue
                source = flag["policies"][index]["source"]
                if source not in texts:
                    texts[source] = text_of(home, source, asked)
                span = passage[side]
                assert texts[source][span["start"] : span["end"]] == span["text"]


def test_the_same_again_changes_nothing(home, flags):
    said = gross(home, "import", DEMO / "library", "--manifest", DEMO / "manifest.csv", "--json")
    assert json.loads(said)["same"] == len(list((DEMO / "library").rglob("*.*")))
    again = json.loads(gross(home, "scan", "--today", AS_OF, "--json"))
    assert (again["new"], again["gone"]) == (0, 0)
    assert "whole" in gross(home, "verify")


def test_every_file_of_the_manifest_is_there_and_some_were_forgotten():
    listed = {line.split(",")[0] for line in (DEMO / "manifest.csv").read_text().splitlines()[1:]}
    files = [path for path in (DEMO / "library").rglob("*") if path.is_file()]
    assert len(listed) < len(files)
    assert len({path.suffix.lower() for path in files}) >= 6
