"""Pages, one blueprint an actor: a view reads a form, performs one action, shows a template."""

from flask import Blueprint

from gross.web import (
    account,
    admin,
    approver,
    auditor,
    committee,
    compliance,
    health,
    library,
    staff,
    steward,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    approver.bp,
    auditor.bp,
    committee.bp,
    compliance.bp,
    health.bp,
    library.bp,
    staff.bp,
    steward.bp,
)
