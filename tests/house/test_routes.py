"""Which role may enter which page: the whole table. A route that is not in it fails."""

import pytest

from gross.domain.workflow import PEOPLE, Role

ANYONE = "anyone"
ALL = frozenset(PEOPLE)
C, K, A, S, U, M = (
    Role.COMPLIANCE,
    Role.COMMITTEE,
    Role.APPROVER,
    Role.STEWARD,
    Role.AUDITOR,
    Role.ADMIN,
)
TABLE = {
    "account.accept": ANYONE,
    "account.choose_theme": ANYONE,
    "account.sign_in": ANYONE,
    "account.sign_in_as_sample": ANYONE,
    "account.sign_out": ALL,
    "admin.add_person": {M},
    "admin.change_roles": {M},
    "admin.disable": {M},
    "admin.invite": {M},
    "admin.people": {M},
    "admin.person": {M},
    "approver.approval": {A, C, S, U},
    "approver.approvals": {A, C, S, U},
    "approver.decide": {A},
    "auditor.check": {U},
    "auditor.decision": {U},
    "auditor.export": {U},
    "auditor.ledger": {U},
    "auditor.verifier": {U},
    "board.board": ALL,
    "board.wall": ANYONE,
    "burden.policy": {C, S, U},
    "burden.ranking": {C, S, U},
    "checks.check": ALL,
    "checks.draft": ALL,
    "clusters.answer": {C},
    "clusters.cluster": {C, S, U},
    "clusters.clusters": {C, S, U},
    "clusters.nominate": {C},
    "committee.ballot": {K, A, C, S, U},
    "committee.ballots": {K, A, C, S, U},
    "committee.close": {C},
    "committee.open_ballot": {C},
    "committee.recuse": {K},
    "committee.vote": {K},
    "compare.flag": {C, S, U},
    "compare.policies": ALL,
    "compliance.confirm": {C},
    "compliance.dismiss": {C},
    "compliance.flag": {C, S, U},
    "compliance.flags": {C, S, U},
    "compliance.scan": {C, S},
    "compliance.undo": {C},
    "corrections.correct": {C, S},
    "corrections.take_back": {C, S},
    "files.file": ALL,
    "detectors.detector": {C, K, U},
    "detectors.detectors": {C, K, U},
    "detectors.endorse": {C},
    "detectors.resume": {C},
    "detectors.suspend": {C},
    "health.health": ANYONE,
    "imports.errors": {C, S, U, M},
    "imports.imported": {C, S, U, M},
    "imports.imports": {C, S, U, M},
    "imports.progress": {C, S, U, M},
    "library.edition": ALL,
    "library.edition_original": ALL,
    "library.hold": {S},
    "library.original": ALL,
    "library.policies": ALL,
    "library.policy": ALL,
    "library_map.overlaps": {C, S, U},
    "staff.home": ALL,
    "staff.name_policy": {C},
    "staff.nominate": ALL,
    "staff.nomination": ALL,
    "staff.nominations": ALL,
    "staff.take_step": ALL,
    "steward.retire": {S},
    "steward.retirements": {C, S, U},
    "unsettled.deal": {C, S, M},
    "unsettled.decide": {C, S, M},
    "unsettled.unread": {C, S, U, M},
    "unsettled.vanished": {C, S, U, M},
    "wizard.add": {C, S, M},
    "wizard.cancel": {C, S, M},
    "wizard.check": {C, S, M},
    "wizard.columns": {C, S, M},
    "wizard.discard": {C, S, M},
    "wizard.map_columns": {C, S, M},
    "wizard.new": {C, S, M},
    "wizard.start": {C, S, M},
    "wizard.undo": {C, S, M},
    "wizard.upload": {C, S, M},
    "terms.add": {C, S},
    "terms.listed": {C, S, U},
    "terms.switch_off": {C, S},
    "terms.switch_on": {C, S},
    "terms.take_back": {C, S},
    "together.answer": {C},
    "together.undo": {C},
    "work.cancel": {C, S},
    "work.job": {C, S},
    "work.progress": {C, S},
}


def marks(app):
    return {
        name: getattr(view, "open_to", None)
        for name, view in app.view_functions.items()
        if name != "static"
    }


def test_the_table_is_what_the_pages_say(app):
    said = {
        name: mark if mark == ANYONE else frozenset(mark or ()) for name, mark in marks(app).items()
    }
    table = {name: roles if roles == ANYONE else frozenset(roles) for name, roles in TABLE.items()}
    assert said == table


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_lets_in_whom_the_table_names(app, make_person, pages_of, role):
    """Every GET page, as somebody with one role; ids that do not exist give 404 to insiders."""
    pages = pages_of(make_person(roles=role.value))
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        path = rule.build(dict.fromkeys(rule.arguments, 987654), append_unknown=False)[1]
        status = pages.get(path).status
        roles = TABLE[rule.endpoint]
        if roles != ANYONE and role not in roles:
            assert status == 403, path
        else:
            assert status in {200, 404, 422}, path


def test_strangers_are_asked_to_sign_in(app, pages_of):
    pages = pages_of()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or TABLE[rule.endpoint] == ANYONE:
            continue
        path = rule.build(dict.fromkeys(rule.arguments, 987654), append_unknown=False)[1]
        method = pages.get if "GET" in rule.methods else (lambda path: pages.post(path, {}))
        assert method(path).path.startswith("/sign-in"), path


def test_a_form_without_its_token_changes_nothing(app, make_person, pages_of):
    pages = pages_of(make_person(roles=" ".join(PEOPLE)))
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        path = rule.build(dict.fromkeys(rule.arguments, 987654), append_unknown=False)[1]
        assert pages.client.post(path, data={}).status_code == 400, path


def test_numbers_too_large_for_the_database_are_no_pages(app, make_person, pages_of):
    pages = pages_of(make_person(roles=" ".join(PEOPLE)))
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or not rule.arguments or rule.endpoint == "static":
            continue
        for number in (2**63, 2**63 - 1, 10**40):
            path = rule.rule
            for argument in rule.arguments:
                path = path.replace(f"<int:{argument}>", str(number)).replace(f"<{argument}>", "x")
            assert pages.get(path).status == 404, path
