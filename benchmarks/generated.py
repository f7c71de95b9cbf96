"""Generated libraries with planted truth, scored in the harness's own terms beside its prototype.

Tune on seeds 1 to 5 only; 11 to 15 measure a release. The harness counts a redundant or contained
finding as all its pairs, an overlapping one of two policies as their pair, and an overlapping one
of more as a group: it finds the planted pairs within it and claims no others.

Conflicts are counted by their evidence: a pair of policies is told where a passage of a finding
shows both. A pair is false where nothing is planted between the two, and where it is planted that
their text is one and the same. An edited copy is neither: edits change numbers too.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.shared import machine, peak_megabytes, shared, table
from gross.analysis.scan import Scan, scan
from gross.analysis.types import Document, Finding, Kind, Library

SIZE = 1000
SEEDS = (1, 2, 3)
SITES = (2, 10, 40)
UNEDITED = {"exact", "overlap", "contained"}  # where no level of edits is given
SECONDS = 900  # for one run of a harness script

HEAD = ("library", "method", "precision", "strict", "recall", "F1", "passages P/R", "seconds")
CONFLICTS = (
    "library",
    "conflicts found",
    "flags",
    "pairs told",
    "unplanted",
    "unedited",
    "seconds",
)


def harness() -> Path:
    return shared() / "bench"


def main(size: int = SIZE, seeds: tuple[int, ...] = SEEDS, sites: tuple[int, ...] = SITES) -> bool:
    if not (harness() / "libgen.py").is_file():
        print(
            f"generated libraries: MISSING {harness()}: set GROSS_SHARED to the folder with bench/"
        )
        return False
    print(f"\ngenerated libraries of {size} policies, seeds {seeds}; {machine()}")
    rows: list[tuple[str, ...]] = [HEAD]
    conflicts: list[tuple[str, ...]] = [CONFLICTS]
    families: list[tuple[str, ...]] = [("library", "families", "complete", "pure", "both")]
    with tempfile.TemporaryDirectory() as scratch:
        for seed in seeds:
            lib = Path(scratch) / f"seed{seed}"
            run("libgen.py", "--n", str(size), "--seed", str(seed), "--out", str(lib))
            rows += [ours(lib, conflicts=conflicts), prototype(lib)]
        for count in sites:
            lib = Path(scratch) / f"sites{count}"
            source = str(Path(scratch) / f"seed{seeds[0]}")
            run("sites.py", source, str(lib), "--sites", str(count), "--seed", str(seeds[0]))
            rows += [ours(lib, families=families), prototype(lib)]
    for each in (rows, conflicts, families):
        print(table(each))
        print()
    print(f"peak memory of our process {peak_megabytes()} MB")
    return True


def run(script: str, *arguments: str, stdin: str = "") -> str:
    """Run a harness script, whose folder may be read-only, and give what it printed."""
    cache = str(Path(tempfile.gettempdir()) / "gross-bench-numba")
    done = subprocess.run(
        [sys.executable, str(harness() / script), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr[-2000:]}")
    return done.stdout


def load(lib: Path) -> Library:
    documents = []
    with (lib / "docs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            digest = hashlib.sha256(row["text"].encode()).hexdigest()
            documents.append(Document(row["id"], digest, "", row["title"], row["text"]))
    return Library(tuple(documents), date(2026, 11, 23))


def flag_lines(findings: tuple[Finding, ...]) -> str:
    """Write findings as `gross flags --format jsonl` does, as far as the harness reads it."""
    return "\n".join(
        json.dumps(
            {
                "kind": finding.kind.value,
                "policies": [{"source": f"{policy:06d}.txt"} for policy in finding.policies],
                "passages": [
                    {
                        "a": {"start": each.a.start, "end": each.a.end},
                        "b": {"start": each.b.start, "end": each.b.end} if each.b else None,
                        "of": each.of,
                    }
                    for each in finding.evidence
                ],
            }
        )
        for finding in findings
    )


def timed(library: Library) -> tuple[Scan, float]:
    scan(Library(library.documents[:50], library.today))  # compiles, or loads what was compiled
    start = time.perf_counter()
    result = scan(library)
    return result, time.perf_counter() - start


def ours(
    lib: Path,
    *,
    families: list[tuple[str, ...]] | None = None,
    conflicts: list[tuple[str, ...]] | None = None,
) -> tuple[str, ...]:
    result, seconds = timed(load(lib))
    told = json.loads(run("score_flags.py", str(lib), stdin=flag_lines(result.findings)))
    if families is not None:
        families.append((lib.name, *family_figures(lib, result.findings)))
    if conflicts is not None:
        spent = result.seconds_by_stage["conflicting"]
        conflicts.append((lib.name, *conflict_figures(lib, result.findings), f"{spent:.2f}"))
    passages = told["passage_chars"]
    (lib / "ours.json").write_text(json.dumps(told, indent=1))
    return (
        lib.name,
        "gross",
        f"{told['precision']:.4f}",
        f"{told['precision_strict']:.4f}",
        f"{told['recall']:.4f}",
        f"{told['f1']:.4f}",
        f"{passages['precision']:.3f}/{passages['recall']:.3f}",
        f"{seconds:.2f}",
    )


def prototype(lib: Path) -> tuple[str, ...]:
    """Run the harness's prototype in its own process; seconds are its own count, warm."""
    text = run("run1.py", str(lib))
    scored, _ = json.JSONDecoder().raw_decode(text, text.index("{\n"))
    stages = ast.literal_eval(re.findall(r"^load [\d.]+ (\{.*?\})", text, re.MULTILINE)[0])
    figures = (scored[name] for name in ("precision", "precision_strict", "recall", "f1"))
    return (
        lib.name,
        "prototype",
        *(f"{figure:.4f}" for figure in figures),
        "-",
        f"{stages['total']:.2f}",
    )


def conflict_figures(lib: Path, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Count planted conflicts found, flags, and the pairs told, in all and of both false kinds."""
    planted: dict[tuple[int, int], str] = {}
    with (lib / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["rel"] != "boilerplate":
                pair = min(row["a"], row["b"]), max(row["a"], row["b"])
                edited = row["rel"] not in UNEDITED or row.get("level")
                planted[pair] = row["rel"] if edited else "unedited"
    flags = [each for each in findings if each.kind is Kind.CONFLICTING]
    told = {
        (min(pair), max(pair))
        for flag in flags
        for each in flag.evidence
        for pair in [(flag.policies[each.of[0]], flag.policies[each.of[1]])]
    }
    wanted = {pair for pair, relation in planted.items() if relation == "conflict"}
    unplanted = len(told - planted.keys())
    unedited = sum(planted.get(pair) == "unedited" for pair in told)
    found = f"{len(told & wanted)} of {len(wanted)}"
    return found, str(len(flags)), str(len(told)), str(unplanted), str(unedited)


def family_figures(lib: Path, findings: tuple[Finding, ...]) -> tuple[str, str, str, str]:
    """Count planted families, and those with a finding of all, of only and of exactly them."""
    near: dict[int, set[int]] = {}
    with (lib / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            near.setdefault(row["a"], {row["a"]}).add(row["b"])
    inside = {each for a, family in near.items() for each in family if each != a}
    planted = [family for a, family in near.items() if a not in inside]
    told = [set(each.policies) for each in findings if each.kind.value == "redundant"]
    complete = sum(any(family <= each for each in told) for family in planted)
    pure = sum(any(each <= family and len(each) > 1 for each in told) for family in planted)
    both = sum(family in told for family in planted)
    return str(len(planted)), str(complete), str(pure), str(both)


if __name__ == "__main__":
    main()
