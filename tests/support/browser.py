"""Pages in a real Chromium on the real server of the test run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest

from tests.support.editors import asked
from tests.support.site import PASSWORD, chromium, demo_home, serving

WIDE, PHONE = (1600, 900), (390, 844)
PATIENCE = 60_000  # ms: a machine under load pauses
UNTOUCHED = """
from uuid import uuid4
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import link_cells
plan = Plan.objects.get()
source, plan.pk, plan.name = plan.pk, uuid4(), '原样方案'
link_cells(source, plan.pk)
plan.save(force_insert=True)
print(f'"/plans/{plan.pk}/"')
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The demo company on a server of this test process."""
    own = tmp_path_factory.mktemp("site") / "home"
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with serving(demo_home(shared, own), "--workers", 1, QUOTALOOM_DEMO="1") as one:
        one.untouched = asked(one, UNTOUCHED)
        yield one


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a window; skipped with a reason where there is none."""
    found = chromium()
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
    # The client keeps an event loop in this thread; the other tests' queries may run beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with playwright.sync_playwright() as driver:
        one = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield one
        one.close()


@dataclass
class Desk:
    """Opens pages as accounts of the demo, and hears what their consoles complain of."""

    site: object
    browser: object
    signed: dict = field(default_factory=dict)  # what the browser keeps of who signed in
    contexts: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def page(self, login="", path="", *, lang="zh-hans", size=WIDE, **options):
        """A page in a window of its own, signed in as ``login``, at ``path`` ("" is the start)."""
        if login and login not in self.signed:
            self.signed[login] = self._sign_in(login)
        kept = {"storage_state": self.signed[login]} if login else {}
        width, height = size
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": height},
            locale="en-US" if lang == "en" else "zh-CN",
            **kept,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "django_language", "value": lang, "url": self.site.url}])
        self.contexts.append(context)
        page = context.new_page()
        self._listen(page)
        page.goto(path or "/")
        return page

    def told(self):
        """What the pages show now and the server said last, for a test that failed."""
        from playwright.sync_api import Error  # noqa: PLC0415 - only where there is a browser

        lines = []
        for page in [page for context in self.contexts for page in context.pages]:
            try:
                lines += [page.url, page.inner_text("body", timeout=2_000)[:2_000]]
            except Error as fault:
                lines.append(f"{page.url}: {fault}")
        return "\n".join([*lines, *self.complaints, *self.site.said[-20:]])

    def close(self):
        while self.contexts:
            self.contexts.pop().close()

    def _sign_in(self, login):
        page = self.page("", "/account/login/")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD.format(login))
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        return page.context.storage_state()

    def _listen(self, page):
        def hear(message):
            if message.type in {"error", "warning"}:
                self.complaints.append(f"{page.url}: {message.text}")

        page.on("console", hear)
        page.on("pageerror", lambda fault: self.complaints.append(f"{page.url}: {fault}"))


@pytest.fixture(scope="session")
def signed():
    """Sign-ins of the whole run: each account signs in once."""
    return {}


@pytest.fixture
def desk(site, browser, signed):
    """``desk.page("region", "/plans/")``; the test fails where a console complained."""
    one = Desk(site, browser, signed)
    yield one
    one.close()
    assert one.complaints == []


def demo_plan(page):
    """Where the demo company's own plan is: the oldest of the list that the page shows."""
    return page.locator("tbody a").last.get_attribute("href")


def serious(page):
    """What axe calls serious or critical on the page, one line each."""
    page.wait_for_load_state()  # else it may judge half a page, or lose it
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
