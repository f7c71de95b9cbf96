"""The command check: a draft against the library, and nothing stored."""

import json

from sqlalchemy import func, select

from gross.store.ledger import LedgerRow
from gross.store.policies import Edition, Policy
from tests.cli.conftest import SAME

NEW = "Every courier signs a slip at the dock. The clerk keeps the slips in the blue box by date."


def counts(session):
    return [
        session.scalar(select(func.count()).select_from(t)) for t in (Policy, Edition, LedgerRow)
    ]


def test_a_draft_that_says_what_a_policy_says(gross, visitors, session, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(f"Policy Number: SEC-777\nTitle: Guests\n\n{SAME}\n\nSee policy SEC-999.\n")
    before = counts(session)

    result = gross("check", str(draft), "--json")

    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (said["number"], said["replaces"]) == ("SEC-777", None)
    kinds = {flag["detector"] for flag in said["flags"]}
    assert "near_duplicate" in kinds
    assert "dead_reference" in kinds
    redundant = next(flag for flag in said["flags"] if flag["detector"] == "near_duplicate")
    assert "draft.txt" in {policy["source"] for policy in redundant["policies"]}
    for passage in redundant["passages"]:
        assert passage["a"]["text"]
        assert passage["b"]["text"]
    assert counts(session) == before


def test_the_next_edition_of_a_policy_is_not_held_against_itself(gross, visitors, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(f"Policy Number: SEC 40\nTitle: Visitors\n\n{SAME}\n")

    said = json.loads(gross("check", str(draft), "--json").stdout)

    assert said["replaces"]["number"] == "SEC-040"
    named = {p["number"] for flag in said["flags"] for p in flag["policies"]}
    assert "LCH-412" in named
    assert "SEC-040" not in named


def test_a_draft_that_nothing_speaks_against(gross, visitors, tmp_path):
    draft = tmp_path / "new.txt"
    draft.write_text(f"Title: Couriers\n\n{NEW}\n")

    result = gross("check", str(draft))

    assert result.exit_code == 0
    assert "Nothing in the library speaks against it." in result.stdout


def test_an_empty_library_has_nothing_to_say(gross, tmp_path):
    draft = tmp_path / "new.txt"
    draft.write_text(NEW)
    assert json.loads(gross("check", str(draft), "--json").stdout)["flags"] == []


def test_a_draft_that_cannot_be_read(gross, tmp_path):
    (tmp_path / "empty.docx").write_bytes(b"")

    refused = gross("check", str(tmp_path / "empty.docx"), "--json")
    absent = gross("check", str(tmp_path / "absent.docx"))

    assert refused.exit_code == absent.exit_code == 1
    assert json.loads(refused.stdout)["outcome"] == "refused"
    assert len(absent.stderr.strip().splitlines()) == 1
