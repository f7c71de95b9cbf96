"""A manifest's rows, and a sheet that is looked at, as plain JSON: what the child sends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gross.domain.partial_date import PartialDate
from gross.intake.manifest import Look, Row


def rows_to_json(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    return [
        {**asdict(row), "dates": {name: str(value) for name, value in row.dates.items()}}
        for row in rows
    ]


def rows_from_json(values: Any) -> tuple[Row, ...]:
    """Build the rows again.

    Raises:
        ValueError, KeyError, TypeError: the values are not those of `rows_to_json`.
    """
    return tuple(
        Row(
            line=int(each["line"]),
            file=str(each["file"]),
            number=str(each["number"]),
            title=str(each["title"]),
            key=str(each["key"]),
            fields={str(name): str(value) for name, value in each["fields"].items()},
            dates={str(name): PartialDate.parse(value) for name, value in each["dates"].items()},
            problems=tuple(map(str, each["problems"])),
            is_repeated=bool(each["is_repeated"]),
        )
        for each in values
    )


def look_to_json(look: Look) -> dict[str, Any]:
    return asdict(look)


def look_from_json(values: Any) -> Look:
    """Build it again.

    Raises:
        ValueError, KeyError, TypeError: the values are not those of `look_to_json`.
    """
    return Look(
        labels=tuple(map(str, values["labels"])),
        rows=tuple(tuple(map(str, row)) for row in values["rows"]),
        at=int(values["at"]),
        columns={str(name): int(column) for name, column in values["columns"].items()},
        layout=str(values["layout"]),
        objection=str(values["objection"]),
    )
