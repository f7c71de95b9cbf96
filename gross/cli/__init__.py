"""The `gross` command: one file a subject, one name in ALL."""

from __future__ import annotations

import click

from gross.cli import backup, check, demo, keep, library, proof, scan, split

ALL: tuple[click.Command, ...] = (
    keep.init,
    keep.serve,
    demo.demo,
    library.import_,
    library.read,
    split.split,
    scan.scan,
    scan.flags,
    check.check,
    scan.work,
    proof.verify,
    backup.backup,
    backup.restore,
)


@click.group(commands=list(ALL), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gross")
def commands() -> None:
    """GROSS: getting rid of stupid stuff, one policy at a time."""
