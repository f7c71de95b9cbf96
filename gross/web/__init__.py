"""Pages, one blueprint an actor: a view reads a form, performs one action, shows a template."""

from flask import Blueprint

from gross.web import account, admin, auditor, committee, compliance, health, library, staff

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    auditor.bp,
    committee.bp,
    compliance.bp,
    health.bp,
    library.bp,
    staff.bp,
)
