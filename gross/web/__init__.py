"""Pages, one blueprint an actor: a view reads a form, performs one action, shows a template."""

from flask import Blueprint

from gross.web import (
    account,
    admin,
    approver,
    auditor,
    burden,
    committee,
    compare,
    compliance,
    health,
    imports,
    library,
    staff,
    steward,
    terms,
    work,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    approver.bp,
    auditor.bp,
    burden.bp,
    committee.bp,
    compare.bp,
    compliance.bp,
    health.bp,
    imports.bp,
    library.bp,
    staff.bp,
    steward.bp,
    terms.bp,
    work.bp,
)
