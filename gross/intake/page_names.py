"""Pages named in a sentence: by number, in runs, with the page's own label where it differs."""

from __future__ import annotations

MAX_LABELLED = 3  # with more pages the labels would drown the numbers


def pages_named(numbers: list[int], labels: list[str]) -> tuple[str, str]:
    """ "page 3" and "is", "pages 3, 5 and 7–9" and "are". Numbers count from 1, ascending."""
    if len(numbers) == 1:
        return f"page {_with_label(numbers[0], labels)}", "is"
    if len(numbers) <= MAX_LABELLED:
        parts = [_with_label(number, labels) for number in numbers]
    else:
        parts = [_run(start, end) for start, end in _runs(numbers)]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"pages {listed}", "are"


def _with_label(number: int, labels: list[str]) -> str:
    label = labels[number - 1] if number <= len(labels) else ""
    return f"{number} (“{label}”)" if label and label != str(number) else str(number)


def _run(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}–{end}"


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
