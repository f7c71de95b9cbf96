"""The commands scan, flags and work, as a shell meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import select

from gross.store.db import db
from gross.store.flags import Scan
from gross.store.jobs import Job
from tests.conftest import NOW


def test_scan_prints_what_measurements_rely_on(gross, visitors):
    result = gross("scan", "--json", "--today", "2026-11-23")

    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert set(said) == {
        "policies",
        "words",
        "flags",
        "new",
        "gone",
        "seconds",
        "words_per_second",
    }
    assert (said["policies"], said["flags"], said["new"], said["gone"]) == (
        2,
        {"redundant": 1},
        1,
        0,
    )
    assert {"prepare", "read", "verify", "write"} <= set(said["seconds"])
    assert said["words_per_second"] > 0


def test_scan_tells_people_in_words(gross, visitors):
    said = gross("scan").stdout

    assert "2 policies were read and 1 flag found: 1 new, 0 gone since the last scan." in said
    assert "1  redundant" in said


def test_flags_are_one_json_line_each_with_exact_code_point_offsets(gross, visitors):
    texts = {policy.source: policy.current.text for policy in visitors}
    gross("scan")

    result = gross("flags", "--format", "jsonl")

    (line,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(line) == [
        "id",
        "kind",
        "detector",
        "detector_version",
        "score",
        "sentence",
        "policies",
        "passages",
    ]
    assert [sorted(policy) for policy in line["policies"]] == [["number", "source", "title"]] * 2
    assert line["passages"]
    for passage in line["passages"]:
        for place, side in zip(passage["of"], "ab", strict=True):
            quote, text = passage[side], texts[line["policies"][place]["source"]]
            assert text[quote["start"] : quote["end"]] == quote["text"] != ""


def test_a_flag_on_one_policy_quotes_a_alone(gross, make_policy):
    make_policy("Accreditation", "The JCAHO surveyor receives this binder.", number="QUA-1")
    gross("scan")

    (line,) = [json.loads(line) for line in gross("flags").stdout.splitlines()]

    assert line["kind"] == "outdated"
    assert [sorted(passage) for passage in line["passages"]] == [["a", "of"]]
    assert line["passages"][0]["of"] == [0]


def test_the_day_decides_what_is_overdue(gross, make_policy):
    make_policy("Badges", "Badges are blue.", next_review="2026-06-30")

    before = json.loads(gross("scan", "--json", "--today", "2026-06-30").stdout)
    after = json.loads(gross("scan", "--json", "--today", "2026-07-01").stdout)

    assert before["flags"] == {}
    assert after["flags"] == {"outdated": 1}


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["flags"], 1, "The library was never scanned; run gross scan first.\n"),
        (["scan", "--today", "soon"], 2, None),
        (["scan", "--today", "2026-02-30"], 2, None),
        (["flags", "--format", "xml"], 2, None),
        (["scan", "everything"], 2, None),
    ],
)
def test_refusals_are_one_sentence_and_wrong_usage_is_two(gross, session, words, status, sentence):
    result = gross(*words)

    assert result.exit_code == status
    assert result.stdout == ""
    assert sentence is None or result.stderr.endswith(sentence)
    assert db.session.scalar(select(Scan.id)) is None


def test_work_does_what_waits_and_leaves_when_told(app, home, make_policy, make_person):
    make_policy("Badges", "Badges are blue.")
    job = Job(name="scan", asked_at=NOW, asked_by=make_person().id)
    db.session.add(job)
    db.session.commit()
    job_id = job.id

    process = subprocess.Popen(
        [sys.executable, "-c", "from gross.app import main; main()", "work"],
        env=os.environ | {"GROSS_HOME": str(home.path)},
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(1200):  # a cold start compiles the engine
            db.session.rollback()
            db.session.expire_all()
            if db.session.get(Job, job_id).has_ended or process.poll() is not None:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()

    db.session.rollback()
    assert db.session.get(Job, job_id).outcome.startswith("1 policy was read")
    assert db.session.scalar(select(Scan.policies)) == 1
