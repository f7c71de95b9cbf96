"""287 real policies of twelve organisations through the real commands."""

import json

from tests.demo.test_sample_library import gross


def test_real_policies_are_imported_and_scanned(shared, tmp_path):
    folder = shared / "data" / "hipaa-forks" / "docs"
    files = [path for path in folder.rglob("*") if path.is_file()]
    told = json.loads(gross(tmp_path, "import", folder, "--json"))
    assert told["new"] + len(told["refused"]) == len(files) == 287
    assert told["refused"] == []
    found = json.loads(gross(tmp_path, "scan", "--json"))
    assert found["policies"] == 287
    flags = [json.loads(line) for line in gross(tmp_path, "flags").splitlines()]
    assert len(flags) == sum(found["flags"].values())
    families = [flag for flag in flags if flag["detector"] == "near_duplicate"]
    assert max(len(flag["policies"]) for flag in families) >= 8, "a family of forks is one flag"
    again = json.loads(gross(tmp_path, "import", folder, "--json"))
    assert again["same"] == 287
    assert "whole" in gross(tmp_path, "verify")
