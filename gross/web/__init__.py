"""Pages, one blueprint an actor: a view reads a form, performs one action, shows a template."""

from flask import Blueprint

from gross.web import (
    account,
    admin,
    approver,
    auditor,
    clusters,
    committee,
    compare,
    compliance,
    detectors,
    health,
    imports,
    library,
    library_map,
    staff,
    steward,
    together,
    work,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    admin.bp,
    approver.bp,
    auditor.bp,
    clusters.bp,
    committee.bp,
    compare.bp,
    compliance.bp,
    detectors.bp,
    health.bp,
    imports.bp,
    library.bp,
    library_map.bp,
    staff.bp,
    steward.bp,
    together.bp,
    work.bp,
)
