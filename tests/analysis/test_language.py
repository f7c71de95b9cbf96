"""The language pipeline: each component by name, what it declares, and what it reads."""

import pytest

from gross.analysis.language.pipeline import ALL, pipeline, read
from gross.analysis.measures import from_json
from gross.analysis.measuring import LONGEST_GROUP, measure
from tests.analysis.makers import lines_as_passages


def one(text):
    (doc,) = read([text])
    return doc._


def test_each_component_stands_by_name_and_gets_what_it_requires():
    assert pipeline().pipe_names == [component.name for component in ALL]
    assert not any(pipeline().analyze_pipes()["problems"].values())


def test_a_component_before_what_it_requires_is_told():
    assigned = set()
    for component in ALL:
        assert set(component.requires) <= assigned, component.name
        assigned |= set(component.assigns)


@pytest.mark.parametrize(
    ("text", "who", "when"),
    [
        ("The charge nurse must sign the log within 4 hours.", "charge nurse", "within 4 hours"),
        ("Employees on leave shall notify the manager at once.", "Employees", "at once"),
        ("The pharmacist reviews each order daily.", "pharmacist", "daily"),
        ("If the seal is broken, the unit clerk counts the contents.", "unit clerk", ""),
        ("Telephone the pharmacist within 1 hour of the alarm.", "", "within 1 hour"),
        ("Logs must be kept for 3 years.", "", ""),
        ("Managers are responsible for the roster by the end of the month.", "Managers",
         "by the end of the month"),
    ],
)  # fmt: skip
def test_who_must_do_what_by_when(text, who, when):
    (found,) = one(text).obligations

    assert (found.who, found.when) == (who, when)
    assert text[found.start : found.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "The nurse manager of the day.",
        "This policy describes how staff are protected.",
        "The patient may refuse.",
        "Sales are held by recognized employee groups in the hall.",
        "Purpose",
    ],
)
def test_what_obliges_nobody_is_no_obligation(text):
    assert one(text).obligations == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is signed by the Director, Nursing, and the Controller.", 2),
        ("Signatures of the nurse, the manager, the director and the CEO are needed.", 4),
        ("The request goes to the manager, then to the director, then to the CNO for approval.", 3),
        ("The manager, the director and the controller sign the form.", 3),
        ("The form requires five signatures.", 5),
        ("No five signatures are needed; it needs no signature of the nurse.", 0),
        ("Signed by:\na) the nurse\nb) the manager, 4 South\nc) the Chief Nursing Officer", 3),
        ("Order | Signature\n1 | The nurse\n2 | The director\n3 | The controller", 3),
    ],
)
def test_signers_are_counted(text, count):
    found = one(text).approvals

    assert max((len(each.offices) for each in found), default=0) == count


def test_citations_and_definitions_are_read():
    read_text = one("“Restraint” means a method under 42 CFR 482.13(e) and NFPA 101.")

    assert [each.text for each in read_text.citations] == ["42 CFR 482.13(e)", "NFPA 101"]
    assert [each.text for each in read_text.definitions] == ["Restraint"]


def test_measures_survive_being_stored():
    text = "The nurse signs the log daily.\nThe form is signed by the nurse and the manager."
    counted = measure(text, lines_as_passages(text))

    assert from_json(counted.as_json()) == counted
    assert counted.offices == 2
    first = counted.obligations[0]
    assert text[first.start : first.end] == "The nurse signs the log daily."


def test_a_page_that_was_read_as_one_passage_is_read_to_its_end():
    page = "The nurse must wash. " * 1000

    assert abs(len(measure(page).obligations) - 1000) <= len(page) // LONGEST_GROUP + 1


def test_only_passages_that_may_ask_are_read():
    quiet = "Water is clear and cold here. " * 50

    assert measure(quiet).read_words == 0
    assert measure(quiet + "\nThe nurse must wash.").read_words == 4


class Watched:
    """A Doc that notes which of its extensions are read and which are set."""

    def __init__(self, doc):
        object.__setattr__(self, "doc", doc)
        object.__setattr__(self, "asked", set())
        object.__setattr__(self, "given", set())

    @property
    def _(self):
        return WatchedExtensions(self)

    def __getattr__(self, name):
        return getattr(self.doc, name)

    def __iter__(self):
        return iter(self.doc)

    def __getitem__(self, key):
        return self.doc[key]

    def __len__(self):
        return len(self.doc)


class WatchedExtensions:
    def __init__(self, watched):
        object.__setattr__(self, "watched", watched)

    def __getattr__(self, name):
        if f"doc._.{name}" not in self.watched.given:
            self.watched.asked.add(f"doc._.{name}")
        return getattr(self.watched.doc._, name)

    def __setattr__(self, name, value):
        self.watched.given.add(f"doc._.{name}")
        setattr(self.watched.doc._, name, value)


@pytest.mark.parametrize("component", ALL, ids=lambda component: component.name)
def test_a_component_reads_and_sets_what_it_declares_and_nothing_else(component):
    text = (
        "“Unit” means a ward. The charge nurse must sign the log within 4 hours (42 CFR 482.13). "
        "Both the log and the checklist are signed by the manager, the director and the board."
    )
    doc = pipeline().make_doc(text)
    for earlier in ALL[: ALL.index(component)]:
        doc = earlier.read(doc)
    watched = Watched(doc)

    component.read(watched)

    assert watched.asked == set(component.requires)
    assert watched.given == set(component.assigns)
