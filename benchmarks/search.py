"""How long the library's search takes at 10,000 policies: count, page and snippets, as a page asks.

The words are those of the real policies in the shared data, drawn with a fixed seed,
so that common words are as common as they really are.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from flask_migrate import upgrade

from benchmarks.shared import shared
from gross.app import create_app
from gross.home import open_home
from gross.store import search
from gross.store.db import begin_write, db
from gross.store.policies import Policy

POLICIES, WORDS = 10_000, 1_200
ASKED = (
    "hygiene",
    "hand hygiene",
    "IC-0014",
    "pati",
    "medi",
    "p",
    "the policy of the staff",
    "zzyzx",
)
RUNS = 7
TODAY = date(2026, 11, 23)


def main() -> bool:
    source = shared() / "data" / "hipaa-forks" / "docs"
    if not source.is_dir():
        print(f"MISSING: {source} is not there; the search was not measured.")
        return False
    words = " ".join(
        path.read_text(errors="replace") for path in sorted(source.rglob("*.md"))
    ).split()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(open_home(Path(folder)))
        with app.app_context():
            upgrade()
            _fill(words)
            print(f"\nSearch among {POLICIES:,} policies of {WORDS:,} words, {RUNS} runs each")
            print(f"{'asked':<28}{'found':>8}{'median ms':>11}{'most ms':>9}")
            for asked in ASKED:
                _measure(asked)
            db.session.remove()
            db.engine.dispose()
    return True


def _fill(words: list[str]) -> None:
    chance = random.Random(11)  # noqa: S311 -- the same words each time
    begin_write(db.session)
    for number in range(POLICIES):
        start = chance.randrange(len(words) - 8)
        title = " ".join(words[start : start + 6])
        policy = Policy(source=f"{number}.txt", number=f"IC-{number:04}", title=title)
        db.session.add(policy)
        db.session.flush()
        at = [chance.randrange(len(words) - 60) for _ in range(WORDS // 60)]
        body = "\n".join(" ".join(words[one : one + 60]) for one in at)
        search.put(db.session(), policy, body)
    db.session.commit()


def _measure(asked: str) -> None:
    spent = []
    found = 0
    for _ in range(RUNS):
        began = time.perf_counter()
        wanted = search.Wanted(words=asked)
        found = search.count(db.session(), wanted, today=TODAY)
        search.search(db.session(), wanted, today=TODAY)
        if not found:
            search.nearest(db.session(), asked)
        spent.append(1000 * (time.perf_counter() - began))
    print(f"{asked:<28}{found:>8,}{statistics.median(spent):>11.0f}{max(spent):>9.0f}")
