"""The frame in a real browser: every role comes in, no console complains."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, WIDE, serious

pytestmark = pytest.mark.browser
ROLES = ("director", "region", "seller", "ops", "finance", "system", "security", "audit")


@pytest.mark.parametrize("login", ROLES)
def test_every_role_comes_in(desk, login):
    page = desk.page(login)
    assert page.locator("main").inner_text().strip()
    assert "login" not in page.url


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_sign_in_page_is_open_to_everybody(desk, lang, size):
    page = desk.page("", "/account/login/", lang=lang, size=size)
    assert page.get_attribute("html", "lang").lower().startswith(lang[:2])
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_complaint_fails_the_test(desk):
    page = desk.page("", "/account/login/")
    with page.expect_console_message():
        page.evaluate("console.error('on purpose')")
    assert [line for line in desk.complaints if "on purpose" in line]
    desk.complaints.clear()
