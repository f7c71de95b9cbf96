"""Put the whole home into one file, and bring it back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from gross.cli.edge import says_no
from gross.domain.errors import Refused
from gross.home import default_path

PLAIN = ("settings.toml", "secret")
FOLDERS = ("originals", "uploads")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@says_no
def backup(file: Path) -> None:
    """Write database, originals, settings and secret to FILE; also while GROSS is in use."""
    home = default_path()
    if not (home / "gross.sqlite").exists():
        raise Refused(f"There is no database in {home}; run gross init first.")
    if file.exists():
        raise Refused(f"{file} exists already; choose another name.")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder:
        packed = Path(folder) / "backup.zip"
        os.close(os.open(packed, os.O_WRONLY | os.O_CREAT, 0o600))  # it holds the secret
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            archive.write(_snapshot(home, Path(folder)), "gross.sqlite")
            for path in _files(home):
                with suppress(FileNotFoundError):  # an upload may be thrown away meanwhile
                    archive.write(path, str(path.relative_to(home)))
            for name in PLAIN:
                if (home / name).exists():
                    archive.write(home / name, name)
        packed.rename(file)
    click.echo(f"{file} holds everything: {file.stat().st_size / 1e6:.1f} MB.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@says_no
def restore(file: Path) -> None:
    """Bring a backup back into an empty home."""
    home = default_path()
    if (home / "gross.sqlite").exists():
        raise Refused(f"{home} has a database already; restore into an empty home.")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        try:
            with zipfile.ZipFile(file) as archive:
                _check_names(archive.namelist(), file)
                archive.extractall(folder)
        except zipfile.BadZipFile as error:
            raise Refused(f"{file.name} is damaged or no backup of GROSS.") from error
        _check_database(Path(folder) / "gross.sqlite", file)
        (Path(folder) / "secret").chmod(0o600)
        for name in (*FOLDERS, *PLAIN, "gross.sqlite"):  # the database last: it makes a home
            if (Path(folder) / name).exists():
                shutil.rmtree(home / name, ignore_errors=True)
                (Path(folder) / name).replace(home / name)
    click.echo(f"{home} is restored. Check it with gross verify.")


def _files(home: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not path.name.endswith(".part"):
                yield path


def _snapshot(home: Path, folder: Path) -> Path:
    """A consistent copy of the database, through SQLite's own online backup."""
    target = folder / "gross.sqlite"
    with (
        sqlite3.connect(home / "gross.sqlite") as source,
        sqlite3.connect(target) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    copy.close()
    source.close()
    return target


def _check_names(names: list[str], file: Path) -> None:
    for name in names:
        parts = Path(name).parts
        known = name in PLAIN or name == "gross.sqlite" or (parts and parts[0] in FOLDERS)
        if not known or ".." in parts or Path(name).is_absolute():
            raise Refused(f"{file.name} is no backup of GROSS: it holds {name!r}.")


def _check_database(path: Path, file: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        with connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            connection.execute("SELECT seq FROM ledger LIMIT 1")
    except sqlite3.DatabaseError:
        sound = False
    finally:
        connection.close()
    if not sound:
        raise Refused(f"{file.name} holds no sound database.")
