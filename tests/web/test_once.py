"""The same form sent again has one effect and one answer, on every route that changes something."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from gross.actions import approvals, corrections, terms
from gross.analysis.knowledge import superseded_terms
from gross.store.db import begin_write, db
from gross.store.detectors import DetectorStanding
from gross.store.imports import Import, ImportItem, UploadFile
from gross.store.jobs import Job
from gross.store.ledger import LedgerRow
from gross.store.people import Invitation, SignIn
from gross.store.vanished import Vanished
from tests.web import scenes
from tests.web.scenes import NOW, PASSWORD

SIGNING_IN_AND_OUT = {
    "account.accept",  # one-time link: tests/web/test_admin.py
    "account.choose_theme",  # changes a cookie
    "account.sign_in",
    "account.sign_in_as_sample",
    "account.sign_out",
    "checks.check",  # changes nothing: tests/web/test_checks.py
}
UNRECORDED = {
    "admin.invite": Invitation,
    "compliance.scan": Job,
    "wizard.add": UploadFile,
    "wizard.cancel": None,
    "wizard.check": Job,
    "wizard.discard": None,
    "wizard.map_columns": Job,
    "wizard.start": Job,
    "wizard.undo": Job,  # the job writes the entry
    "wizard.upload": Import,
    "work.cancel": None,
}


class Cast:
    """A hospital in which each deed can be done next; `way(endpoint)` says who sends what where."""

    def __init__(self, session, make_person, make_policy, make_flag, home):
        self.home = home
        self.session, self.policy, self.flag = session, make_policy, make_flag
        self.nurse = make_person("Noor")
        self.reviewer = make_person("Rita", "compliance")
        self.member = make_person("Mia", "committee")
        self.approver = scenes.with_password(session, make_person("Ada", "approver"))
        self.steward, self.admin = make_person("Stu", "steward"), make_person("Al", "admin")
        scenes.office(session, "Chair", self.approver)

    def way(self, endpoint):
        return getattr(self, endpoint.replace(".", "_"))()

    def nominated(self):
        return scenes.nominated(self.session, self.nurse, self.policy())

    def ballot(self):
        return scenes.balloted(self.session, self.reviewer, self.nominated())

    def carried(self):
        one = self.nominated()
        scenes.carried(self.session, self.reviewer, one, self.member)
        return one

    def staff_nominate(self):
        return self.nurse, "/nominations/new", {"what": "The log", "why": "Nobody reads it."}

    def staff_take_step(self):
        return self.reviewer, f"/nominations/{self.nominated().id}/take-up", {}

    def staff_name_policy(self):
        one = scenes.nominated(self.session, self.nurse)
        self.policy(number="NUR-9")
        return self.reviewer, f"/nominations/{one.id}/policy", {"policy": "NUR-9"}

    def committee_open_ballot(self):
        day = (NOW + timedelta(days=5)).date().isoformat()
        terms = {"closes_on": day, "closes_hour": "12", "quorum": "1/2", "threshold": "2/3"}
        terms |= {"notice_days": "7", "successor": ""}
        return self.reviewer, f"/nominations/{self.nominated().id}/ballot", terms

    def committee_vote(self):
        return self.member, f"/ballots/{self.ballot().id}/vote", {"choice": "retire"}

    def committee_recuse(self):
        return self.member, f"/ballots/{self.ballot().id}/recuse", {"because": "I wrote it."}

    def committee_close(self):
        ballot = self.ballot()
        scenes.voted(self.session, ballot, self.member)
        return self.reviewer, f"/ballots/{ballot.id}/close", {}

    def approver_decide(self):
        one = self.carried()
        read = approvals.what_is_signed(self.session, one)
        said = {"edition_digest": read.edition_digest, "tally_digest": read.tally_digest}
        return self.approver, f"/approvals/{one.id}/sign", {**said, "password": PASSWORD}

    def steward_retire(self):
        one = self.carried()
        scenes.signed(self.session, self.approver, one)
        one.retire_on = NOW.date()
        return self.steward, f"/retirements/{one.id}/retire", {}

    def library_hold(self):
        said = {"deed": "put", "matter": "A claim is pending."}
        return self.steward, f"/policies/{self.policy().id}/hold", said

    def compliance_confirm(self):
        return self.reviewer, f"/flags/{self.flag().id}/confirm", {}

    def compliance_dismiss(self):
        said = {"reason": "needed", "words": "Both wards use it."}
        return self.reviewer, f"/flags/{self.flag().id}/dismiss", said

    def compliance_undo(self):
        flag = self.flag(state="confirmed", answered_by=self.reviewer.id, answered_at=NOW)
        return self.reviewer, f"/flags/{flag.id}/undo", {}

    def corrections_correct(self):
        said = {"field": "owner", "value": "Director, Nursing"}
        return self.steward, f"/policies/{self.policy().id}/corrections", said

    def corrections_take_back(self):
        policy = self.policy()
        made = corrections.correct(self.session, self.steward, policy, "owner", "CNO", now=NOW)
        self.session.flush()
        return self.steward, f"/policies/{policy.id}/corrections/{made.id}/take-back", {}

    def together_answer(self):
        return self.reviewer, "/flags/answers", {"answer": "confirm", "flag": str(self.flag().id)}

    def together_undo(self):
        flag = self.flag(state="confirmed", answered_by=self.reviewer.id, answered_at=NOW)
        return self.reviewer, "/flags/answers/undo", {"flag": str(flag.id)}

    def clusters_answer(self):
        flag = self.flag()
        said = {"answer": "dismiss", "because": "scope", "flag": str(flag.id)}
        return self.reviewer, f"/clusters/{flag.policies[0].id}/answers", said

    def clusters_nominate(self):
        copy, stays = self.flag().policies
        said = {"stays": str(stays.id), "copy": str(copy.id), "why": "It is kept twice."}
        return self.reviewer, f"/clusters/{stays.id}/copies", said

    def detectors_suspend(self):
        return self.reviewer, "/detectors/contained/suspend", {"reason": "Noise."}

    def detectors_endorse(self):
        return self.reviewer, "/detectors/contained/endorse", {"reason": "Right."}

    def detectors_resume(self):
        held = {"standing": "suspended", "reason": "Noise.", "decided_at": NOW}
        decided_by = self.reviewer.id
        self.session.add(DetectorStanding(detector="contained", decided_by=decided_by, **held))
        self.session.flush()
        return self.reviewer, "/detectors/contained/resume", {"reason": "Mended."}

    def terms_add(self):
        said = {"name": "Pager", "spellings": "pager", "effective": "2020", "source": "Memo 7"}
        return self.steward, "/terms", said

    def terms_take_back(self):
        new = terms.NewTerm("Pager", "pager", "", "2020", "Memo 7", "")
        made = terms.add(self.session, self.steward, new, now=NOW)
        self.session.flush()
        return self.steward, f"/terms/{made.id}/take-back", {}

    def terms_switch_off(self):
        return self.steward, f"/terms/{self._shipped(on=True)}/off", {}

    def terms_switch_on(self):
        return self.steward, f"/terms/{self._shipped(on=False)}/on", {}

    def _shipped(self, *, on):
        return next(row["id"] for row in superseded_terms.rows() if terms.is_on(row, {}) is on)

    def compliance_scan(self):
        return self.reviewer, "/scans", {}

    def work_cancel(self):
        job = Job(name="scan", asked_at=NOW)
        self.session.add(job)
        self.session.flush()
        return self.reviewer, f"/jobs/{job.id}/cancel", {}

    def _upload(self, **columns):
        said = {"began_at": NOW, "name": "Upload", "person_id": self.steward.id, "state": "draft"}
        folder = self.home.path / "uploads" / "wizard"
        folder.mkdir(parents=True)
        record = Import(**{**said, "upload": folder.name, **columns})
        self.session.add(record)
        self.session.flush()
        return f"/imports/{record.id}"

    def wizard_upload(self):
        return self.steward, "/imports", {"files": (b"Wash.", "a.txt")}

    def wizard_add(self):
        return self.steward, f"{self._upload()}/files", {"files": (b"Wash.", "a.txt")}

    def wizard_check(self):
        return self.steward, f"{self._upload()}/check", {"sheet": "", "layout": "plain"}

    def wizard_map_columns(self):
        return self.steward, f"{self._upload()}/columns", {"c0": "file", "c1": "title"}

    def wizard_start(self):
        return self.steward, f"{self._upload(state='checked')}/import", {}

    def wizard_cancel(self):
        path = self._upload()
        self.session.add(Job(name="check-import", about=int(path.split("/")[-1]), asked_at=NOW))
        self.session.flush()
        return self.steward, f"{path}/cancel", {}

    def wizard_discard(self):
        return self.steward, f"{self._upload()}/discard", {}

    def wizard_undo(self):
        return self.steward, f"{self._upload(state='done')}/undo", {}

    def unsettled_deal(self):
        record = int(self._upload(state="done").split("/")[-1])
        item = ImportItem(import_id=record, source="a.xyz", outcome="refused", reason="No.")
        self.session.add(item)
        self.session.flush()
        return self.reviewer, f"/imports/unread/{item.id}/deal", {"reason": "It is a picture."}

    def unsettled_decide(self):
        record = int(self._upload(state="done").split("/")[-1])
        found = Vanished(import_id=record, policy_id=self.policy().id)
        self.session.add(found)
        self.session.flush()
        said = {"decision": "gone", "reason": "Its unit closed."}
        return self.reviewer, f"/imports/vanished/{found.id}/decide", said

    def admin_add_person(self):
        return self.admin, "/people/new", {"login": "new", "name": "New", "roles": "staff"}

    def admin_change_roles(self):
        return self.admin, f"/people/{self.nurse.id}/roles", {"roles": "auditor"}

    def admin_invite(self):
        return self.admin, f"/people/{self.nurse.id}/invite", {}

    def admin_disable(self):
        return self.admin, f"/people/{self.nurse.id}/disable", {}


WAYS = sorted(
    name.replace("_", ".", 1)
    for name in vars(Cast)
    if not name.startswith("_") and name not in {"way", "nominated", "ballot", "carried"}
)


def fresh(body):
    """The form with its files unread: a client reads and closes what it sends."""
    return {
        name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        for name, value in body.items()
    }


def deeds():
    db.session.rollback()
    return db.session.scalar(select(func.count(LedgerRow.seq)))


@pytest.fixture
def cast(session, make_person, make_policy, make_flag, home):
    return Cast(session, make_person, make_policy, make_flag, home)


@pytest.mark.parametrize("endpoint", WAYS)
def test_three_sendings_have_one_effect_and_one_answer(cast, pages_of, endpoint):
    person, path, said = cast.way(endpoint)
    pages = pages_of(person)
    before = deeds()
    body = {**pages.token(), **said, "once": f"key of {endpoint}"}
    answers = [pages.send(path, fresh(body)) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}, answers[0].text[-600:]
    assert len({answer.location for answer in answers}) == 1
    assert deeds() == before + (endpoint not in UNRECORDED)
    if table := UNRECORDED.get(endpoint):
        assert db.session.scalar(select(func.count()).select_from(table)) == 1
    other = pages.send(path, {**fresh(body), "something": "else"})
    assert other.status_code == 422
    assert deeds() == before + (endpoint not in UNRECORDED)


def test_the_sweep_knows_every_route(app):
    changing = {
        rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods
    } - SIGNING_IN_AND_OUT
    assert changing == set(WAYS)


def test_a_key_is_worth_nothing_to_somebody_else(cast, make_person, pages_of):
    other = pages_of(make_person("Otto"))
    person, path, said = cast.way("staff.nominate")
    pages = pages_of(person)
    pages.send(path, {**pages.token(), **said, "once": "mine"})
    before = deeds()
    stolen = other.send(path, {**other.token(), **said, "once": "mine"})
    assert stolen.status_code == 422
    assert deeds() == before


def test_a_refused_form_may_be_sent_again(cast, pages_of):
    """A refusal is not kept: when the rule allows it, the same form goes through."""
    person, path, said = cast.way("library.hold")
    policy_id = int(path.split("/")[2])
    pages = pages_of(person)
    begin_write(db.session)
    held = db.session.get(type(cast.policy()), policy_id)
    held.legal_hold = True
    db.session.commit()
    body = {**pages.token(), **said, "once": "again"}
    assert pages.send(path, body).status_code == 409
    begin_write(db.session)
    db.session.get(type(held), policy_id).legal_hold = False
    db.session.commit()
    assert pages.send(path, body).status_code == 302


def test_signing_in_twice_makes_one_session(session, make_person, pages_of):
    person = scenes.with_password(session, make_person("Noor"))
    session.commit()
    pages = pages_of()
    body = {**pages.token(), "login": person.login, "password": PASSWORD, "once": "door"}
    first = pages.send("/sign-in", body)
    assert first.status_code == 302
    db.session.rollback()
    assert db.session.query(SignIn).count() == 1
