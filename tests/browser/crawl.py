"""Walk every page that a person can reach by links, one address for each kind of page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

PER_KIND = 2  # addresses of one kind that are looked at
SHAPING = {"flag", "at", "choice", "q", "show"}  # what changes how a page is built
SKIPPED = re.compile(r"/(?:original|export|static|verifier|decisions)\b|\.(?:json|xlsx)$")


def kind_of(path: str) -> str:
    """ "/policies/12?at=30" and "/policies/7?at=99" are one kind of page; filters make none."""
    parts = urlsplit(path)
    keys = sorted({pair.split("=")[0] for pair in parts.query.split("&")} & SHAPING)
    return re.sub(r"\d+", "N", parts.path) + "?" + "&".join(keys)


def walk(page, start: str = "/", *, skip: re.Pattern[str] | None = None):
    """Yield the path of each page, with `page` opened on it; two of each kind at the most."""
    waiting, seen, kinds = [start], {start}, {}
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kinds.get(kind, 0) >= PER_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = page.goto(path)
        assert answer.status == 200, f"{path} gives {answer.status}"
        yield path
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            parts = urlsplit(link)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == urlsplit(page.url).netloc and target not in seen:
                seen.add(target)
                if not SKIPPED.search(parts.path) and not (skip and skip.search(parts.path)):
                    waiting.append(target)
