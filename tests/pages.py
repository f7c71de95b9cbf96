"""A client that reads pages as a browser does, fills in their forms, and checks each page."""

from __future__ import annotations

from collections import Counter
from contextvars import Context
from dataclasses import dataclass

import html5lib
from lxml import html
from werkzeug.test import Client, TestResponse

PROBE = "<b>probe</b>"  # put into data by tests; must never reach a page unescaped
LABELLED = {"hidden", "submit", "button"}


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `text` is what a reader sees; `path` where redirects ended."""

    status: int
    source: str
    path: str
    response: TestResponse

    @property
    def tree(self):
        return html.document_fromstring(self.source)

    @property
    def text(self) -> str:
        return " ".join(self.tree.xpath("//body")[0].text_content().split())

    def button(self, says: str):
        found = [b for b in self.tree.xpath("//button") if says in " ".join(b.itertext())]
        assert found, f"no button says {says!r} on {self.path}: {self.text[:600]}"
        return found[0]


class Pages:
    """`get` a path; `press` a button of a page with its form's fields, some of them filled in."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **options) -> Page:
        return self._send("GET", path, **options)

    def post(self, path: str, data: dict[str, str]) -> Page:
        """Send a form that no page offered, with a valid CSRF token."""
        return self._send("POST", path, data={**self.token(), **data})

    def send(self, path: str, data: dict[str, str]) -> TestResponse:
        """Send a form as it is, and give the bare answer: no redirect is followed."""
        return Context().run(self.client.post, path, data=data, buffered=True)

    def token(self) -> dict[str, str]:
        field = self.get("/sign-in").tree.xpath("//input[@name='csrf_token']")[0]
        return {"csrf_token": field.get("value")}

    def press(self, page: Page, says: str, **fields: str) -> Page:
        button = page.button(says)
        assert button.get("disabled") is None, f"{says!r} is grey"
        form = next(button.iterancestors("form"))
        data: dict[str, list[str] | str] = {}
        for name, value in form.form_values():
            if name:
                data[name] = [*data.get(name, []), value]
        unknown = set(fields) - {field.get("name") for field in form.inputs if field.get("name")}
        assert not unknown, f"the form has no field {unknown}"
        data.update(fields)
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        action = button.get("formaction") or form.get("action") or page.path
        if (form.method or "GET") == "GET":
            return self._send("GET", action, query_string=data)
        return self._send("POST", action, data=data)

    def _send(self, method: str, path: str, **options) -> Page:
        # An empty context: a request must not share the test's app context and its `g`.
        response = Context().run(
            self.client.open, path, method=method, follow_redirects=True, buffered=True, **options
        )
        path = response.request.full_path.rstrip("?")
        page = Page(response.status_code, response.text, path, response)
        if response.mimetype == "text/html":
            check(page)
        return page


def check(page: Page) -> None:
    """HTML parses strictly, ids are unique, one h1, fields are labelled, nothing is unescaped."""
    html5lib.HTMLParser(strict=True).parse(page.source)
    tree = page.tree
    twice = [one for one, times in Counter(tree.xpath("//@id")).items() if times > 1]
    assert not twice, f"ids stand twice on {page.path}: {twice}"
    assert len(tree.xpath("//h1")) == 1, f"{page.path} has {len(tree.xpath('//h1'))} h1"
    labels = set(tree.xpath("//label/@for"))
    for field in tree.xpath("//input | //textarea | //select"):
        if field.get("type") in LABELLED:
            continue
        wrapped = next(field.iterancestors("label"), None) is not None
        named = field.get("aria-label") or field.get("id") in labels or wrapped
        assert named, f"{field.get('name')} has no label on {page.path}"
    assert PROBE not in page.source, f"{page.path} does not escape what people wrote"
