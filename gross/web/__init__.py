"""Pages, one blueprint an actor: a view reads a form, performs one action, shows a template."""

from flask import Blueprint

from gross.web import (
    account,
    admin,
    approver,
    auditor,
    board,
    burden,
    committee,
    compare,
    compliance,
    corrections,
    files,
    health,
    imports,
    library,
    staff,
    steward,
    terms,
    unsettled,
    wizard,
    work,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    approver.bp,
    auditor.bp,
    board.bp,
    burden.bp,
    committee.bp,
    compare.bp,
    compliance.bp,
    corrections.bp,
    files.bp,
    health.bp,
    imports.bp,
    library.bp,
    staff.bp,
    steward.bp,
    unsettled.bp,
    wizard.bp,
    terms.bp,
    work.bp,
)
