"""Random people do random things, mostly what leads on: whatever they do, the invariants hold.

Directed, since undirected machines never retired anything (RELIABILITY.md): most deeds are drawn
from what somebody may do now. The run must have visited every stage and taken every verb.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gross.actions import approvals, ballots, nominations, retirements, steps
from gross.domain.ballot import NEEDS_RATIONALE, Choice, why_not_carried
from gross.domain.errors import Refused
from gross.domain.steps import ALL
from gross.domain.workflow import Stage
from gross.store import approvals as kept
from gross.store import ballots as stored
from gross.store import ledger
from gross.store.approvals import OfficeHolder
from gross.store.db import begin_write, db
from gross.store.people import Person
from tests.actions.cast import PASSWORD, make_cast, make_policy

TRIAGE = {"take-up", "send-to-ballot", "reopen", "keep", "do-at-once", "pass-to-owner", "advocate"}
SIGNING = {"sign", "refuse", "send-back"}
# What keeps a story going; the other steps end it or turn it back.
LEADS_ON = ("retire", "sign", "reopen", "send-to-ballot", "close", "renew-approval", "take-up")
OPEN = {step.source for step in ALL}
VERBS = sorted({step.verb for step in ALL} - {"close-with-policy"})
STORIES = int(os.environ.get("GROSS_STORIES", "6"))  # for each verb of the table
SEEN_STAGES: Counter[str] = Counter()
SEEN_VERBS: Counter[str] = Counter()
REFUSED: Counter[str] = Counter()


class Journey(RuleBasedStateMachine):
    """Two policies, a few people with several roles each, and a clock that only goes on."""

    wish = "retire"

    def __init__(self):
        super().__init__()
        begin_write(db.session)
        self.cast = cast = make_cast(db.session)
        cast.policy.owner_id = cast.members[0].id
        cast.reviewer.roles = "staff compliance committee approver"  # and still no step too many
        cast.offices[0].holders.append(OfficeHolder(person=cast.reviewer))
        cast.offices[1].holders.append(OfficeHolder(person=cast.cno))
        cast.session.flush()
        self.policies = [cast.policy, make_policy(cast.session, "HR-8", "Lanyards")]
        self.people = [cast.nurse, cast.reviewer, *cast.members, cast.cno, cast.cmo, cast.steward]
        second = make_cast_reviewer(cast)
        self.people.append(second)
        self.nominations = []
        self.deeds = cast.entries()
        self.counts = {}

    def teardown(self):
        assert self.cast.chain_holds()
        db.session.rollback()
        db.session.remove()

    def deed(self, act, *, entries=1):
        """Do it: it is one entry, or refused without a trace."""
        db.session.flush()
        try:
            act()
        except Refused as refusal:
            REFUSED[str(refusal)[:25]] += 1
            dirty = [row for row in db.session.dirty if db.session.is_modified(row)]
            assert not [*db.session.new, *db.session.deleted, *dirty]
        else:
            self.deeds += entries

    @precondition(lambda self: len(self.nominations) < 6)
    @rule(who=st.integers(0, 8), which=st.integers(0, 2))
    def nominate(self, who, which):
        policy = None if which == 2 else self.policies[which]

        def act():
            self.nominations.append(self.cast.nominated(self.people[who], policy=policy))

        self.deed(act)

    @precondition(lambda self: self.nominations)
    @rule(data=st.data(), steps_on=st.integers(8, 20))
    def go_on(self, data, steps_on):
        """A nomination is taken along, towards the step that is wished for."""
        wish = self.wish
        under_way = [one for one in self.nominations if one.stage in OPEN]
        nomination = data.draw(st.sampled_from(under_way or self.nominations))
        for _ in range(steps_on):
            found = [
                (person, verb)
                for person in (*self.people, None)
                for verb, offer in self.offers(person, nomination).items()
                if offer.refusal is None and verb in {wish, *LEADS_ON}
            ]
            wished = [one for one in found if one[1] == wish]
            if not found:
                self.wait_for(nomination, wish, data)
                continue
            person, verb = data.draw(st.sampled_from(wished or found))
            self.take(person, nomination, verb)
            if wished:
                return

    def wait_for(self, nomination, wish, data):
        """What a nomination with no step to take waits for: votes, its day, or what is wished."""
        if nomination.policy is None:
            self.deed(lambda: self.name(self.people[-1], nomination, self.policies[0]))
            return
        nomination.policy.legal_hold = False
        if nomination.stage == Stage.BALLOT:
            ballot = stored.newest(db.session(), nomination)
            choice = data.draw(st.sampled_from([Choice.RETIRE, Choice.RETIRE, *Choice]))
            for elector in ballot.electors if wish != "reopen" else ():
                self.vote(elector.person, ballot, choice)
            self.cast.now = ballot.closes_at
        elif nomination.stage == Stage.SCHEDULED and wish == "renew-approval":
            self.cast.new_edition(nomination.policy)
        else:
            self.cast.now += timedelta(days=1)

    @precondition(lambda self: self.nominations)
    @rule(data=st.data(), verb=st.sampled_from(sorted({step.verb for step in ALL})))
    def try_anything(self, data, verb):
        person = data.draw(st.sampled_from((*self.people, None)))
        self.take(person, data.draw(st.sampled_from(self.nominations)), verb)

    def offers(self, person, nomination):
        return steps.offers_for(db.session(), person, nomination, now=self.cast.now)

    def take(self, person, nomination, verb):
        before = {one.id: one.stage for one in self.nominations}
        stage = nomination.stage
        self.deed(self.way_of(person, nomination, verb))
        moved = [one for one in self.nominations if one.stage != before[one.id]]
        if verb == "retire" and nomination.stage != stage:
            self.deeds += len(moved) - 1  # the policy's other nominations, one entry each
        else:
            assert len(moved) <= 1
        if nomination.stage != stage:
            SEEN_VERBS[verb] += 1
            SEEN_STAGES[nomination.stage] += 1

    def way_of(self, person, nomination, verb):
        """The action that takes a verb; the plain one where it lacks what the verb's own needs."""
        session, now = db.session(), self.cast.now
        ballot = stored.newest(session, nomination)
        if verb in {"send-to-ballot", "reopen"} and person is not None:
            terms = self.cast.terms(notice_days=1)
            return lambda: ballots.open_ballot(session, person, nomination, terms, now=now)
        if verb == "close" and ballot is not None:
            return lambda: ballots.close(session, person, ballot, now=now)
        if verb == "retire":
            return lambda: retirements.retire(session, person, nomination, now=now)
        if verb in SIGNING and person is not None:
            return lambda: self.decide(person, nomination, verb)
        return lambda: steps.take_step(session, person, nomination, verb, "So.", now=now)

    def decide(self, person, nomination, verb):
        read = approvals.what_is_signed(db.session(), nomination)
        approvals.decide(
            db.session(),
            person,
            nomination,
            verb,
            read,
            password=PASSWORD,
            reason="So.",
            now=self.cast.now,
        )

    @precondition(lambda self: any(one.stage == Stage.BALLOT for one in self.nominations))
    @rule(data=st.data(), choice=st.sampled_from([*[Choice.RETIRE] * 6, *Choice]))
    def everybody_votes(self, data, choice):
        ballot = self.open_ballot(data)
        for elector in ballot.electors:
            self.vote(elector.person, ballot, choice)

    @precondition(lambda self: any(one.stage == Stage.BALLOT for one in self.nominations))
    @rule(data=st.data(), choice=st.sampled_from(Choice), who=st.integers(0, 8))
    def somebody_votes(self, data, choice, who):
        self.vote(self.people[who], self.open_ballot(data), choice)

    @precondition(lambda self: any(one.stage == Stage.BALLOT for one in self.nominations))
    @rule(data=st.data(), who=st.integers(0, 8))
    def somebody_steps_aside(self, data, who):
        ballot = self.open_ballot(data)
        self.deed(
            lambda: ballots.recuse(
                db.session(), self.people[who], ballot, "Friend.", now=self.cast.now
            )
        )

    def open_ballot(self, data):
        found = [one for one in self.nominations if one.stage == Stage.BALLOT]
        return stored.newest(db.session(), data.draw(st.sampled_from(found)))

    def vote(self, person, ballot, choice):
        why = "So." if choice in NEEDS_RATIONALE else ""
        self.deed(
            lambda: ballots.vote(db.session(), person, ballot, choice, why, now=self.cast.now)
        )

    @rule(days=st.sampled_from([1, 7, 8]))
    def time_passes(self, days):
        self.cast.now += timedelta(days=days)

    @rule(which=st.integers(0, 1), kind=st.integers(0, 9))
    def something_happens_to_a_policy(self, which, kind):
        policy = self.policies[which]
        if kind == 0:
            policy.legal_hold = True
        elif kind < 5 and policy.retired_at is None:
            self.cast.new_edition(policy)
        else:
            policy.legal_hold = False
        db.session.flush()

    @rule(data=st.data())
    def compliance_names_a_policy(self, data):
        unnamed = [one for one in self.nominations if one.policy is None]
        if not unnamed:
            return
        nomination = data.draw(st.sampled_from(unnamed))
        policy = data.draw(st.sampled_from(self.policies))
        who = data.draw(st.sampled_from(self.people))
        self.deed(lambda: self.name(who, nomination, policy))

    def name(self, who, nomination, policy):
        nominations.name_policy(db.session(), who, nomination, policy, now=self.cast.now)

    @invariant()
    def each_deed_is_one_entry(self):
        assert self.cast.entries() == self.deeds

    @invariant()
    def retired_means_voted_counted_and_signed(self):
        for nomination in self.nominations:
            policy = nomination.policy
            if nomination.stage not in (Stage.SCHEDULED, Stage.RETIRED):
                continue
            ballot = stored.newest(db.session(), nomination)
            assert ballot.closed_at is not None
            assert why_not_carried(ballot.numbers, ballot.rule) is None
            made = [
                one for one in kept.signatures(db.session(), ballot.id) if one.decision == "sign"
            ]
            last = made[-1].edition_digest
            round_of = [one for one in made if one.edition_digest == last]
            assert [one.office.name for one in round_of] == ["CNO", "CMO"]
            assert len({one.person_id for one in round_of}) == 2
            assert nomination.nominator_id not in {one.person_id for one in made}
            if nomination.stage == Stage.RETIRED:
                assert policy.current.digest == last or policy.retired_at < self.cast.now
                assert policy.tombstone

    @invariant()
    def a_policy_is_decided_on_once_at_a_time(self):
        under_way = [
            one.policy_id
            for one in self.nominations
            if one.stage in (Stage.BALLOT, Stage.NO_QUORUM, Stage.APPROVAL, Stage.SCHEDULED)
        ]
        assert len(under_way) == len(set(under_way))

    @invariant()
    def the_roll_holds_neither_nominator_nor_owner_nor_a_recused_vote(self):
        for nomination in self.nominations:
            for ballot in stored.of(db.session(), nomination):
                eligible = {elector.person_id for elector in ballot.eligible}
                assert nomination.nominator_id not in eligible
                assert nomination.policy.owner_id not in eligible
                assert all(e.paper is None for e in ballot.electors if e.recused_at)

    @invariant()
    def a_closed_ballot_never_changes(self):
        for nomination in self.nominations:
            for ballot in stored.of(db.session(), nomination):
                if ballot.closed_at is None:
                    continue
                papers = {
                    e.person_id: "recused" if e.recused_at else e.paper.choice if e.paper else ""
                    for e in ballot.electors
                }
                now = (ballot.tally, ballot.result, ballot.closed_at)
                assert self.counts.setdefault(ballot.id, now) == now
                assert dict(json.loads(ballot.tally)["roll"]) == papers
                assert ballot.opened_at <= ballot.closed_at

    @invariant()
    def nominators_decide_nothing_about_their_own(self):
        nominators = {f"nomination:{n.id}": f"person:{n.nominator_id}" for n in self.nominations}
        for row, _ in ledger.timeline(db.session(), *nominators):
            entry = row.content
            if entry.verb in TRIAGE | SIGNING:
                assert entry.actor != nominators[entry.subject]

    @invariant()
    def what_stands_covers_the_text_in_force(self):
        for nomination in self.nominations:
            for _, signature in approvals.state(db.session(), nomination):
                if signature is not None:
                    assert signature.edition_digest == nomination.policy.current.digest


def make_cast_reviewer(cast):
    """A second person of compliance, who may answer what the first one nominated."""
    person = Person(login="second", name="Second", roles="staff compliance")
    cast.session.add(person)
    cast.session.flush()
    return person


def test_whatever_people_do_the_invariants_hold(app):
    """The same stories each time, others for each verb, so that a failure is a change of ours."""
    for number, verb in enumerate(VERBS):
        run_state_machine_as_test(
            seed(7 + number)(type("Journey", (Journey,), {"wish": verb})),
            settings=settings(
                max_examples=STORIES,
                stateful_step_count=30,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )

    assert {Stage.SUBMITTED, *SEEN_STAGES} == set(Stage)
    assert set(SEEN_VERBS) == set(VERBS)
    assert len(REFUSED) >= 20
