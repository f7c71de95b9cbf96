"""Pages, one blueprint an actor: a view reads a form, performs one action, shows a template."""

from flask import Blueprint

from gross.web import (
    account,
    admin,
    approver,
    auditor,
    committee,
    compare,
    compliance,
    files,
    health,
    imports,
    library,
    staff,
    steward,
    unsettled,
    wizard,
    work,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    approver.bp,
    auditor.bp,
    committee.bp,
    compare.bp,
    compliance.bp,
    files.bp,
    health.bp,
    imports.bp,
    library.bp,
    staff.bp,
    steward.bp,
    unsettled.bp,
    wizard.bp,
    work.bp,
)
