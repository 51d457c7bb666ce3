"""No page says a word that is not in the catalogue."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import trans_real

from quotaloom.cycle.plan.catalogue import CATALOGUE
from quotaloom.web.org.roles import ROLES
from tests.support import pseudo
from tests.support.cast import PEOPLE
from tests.support.small_plan import orders_text, small_plan

pytestmark = pytest.mark.django_db
ROLE_WORDS = {word for _zh, en, _permissions in ROLES.values() for word in en.split()}
PAGES = ("", "explain", "excel/")  # of a plan
MEASURE_WORDS = {word for one in CATALOGUE.values() for word in one.name_en.split()}
DATA = frozenset(set(PEOPLE) | ROLE_WORDS | MEASURE_WORDS)  # names, in a table of their own


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    pseudo.write_catalogue(folder)
    return folder


@pytest.fixture
def ask(as_user, catalogue, settings, tmp_path):
    """``ask("ops", "/plans/")`` is the page in the pseudo-language."""
    settings.LOCALE_PATHS = [catalogue, *django_settings.LOCALE_PATHS]
    settings.HOME = tmp_path / "home"
    trans_real._translations.pop(pseudo.LANGUAGE, None)

    def asked(name, address):
        client = as_user(name)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = pseudo.LANGUAGE
        answer = client.get(address, follow=True)
        assert answer.status_code in {200, 403, 404}
        return answer.content.decode()

    yield asked
    trans_real._translations.pop(pseudo.LANGUAGE, None)


def test_a_page_of_plans(ask, cast, tmp_path):
    plan = small_plan(cast.ops, tmp_path, name="方案")
    for name in ("ops", "li"):
        for address in ("/plans/", *(f"/plans/{plan.pk}/{page}" for page in PAGES)):
            assert pseudo.untranslated(ask(name, address), DATA) == []


def test_the_way_to_a_new_plan(ask, as_user):
    assert pseudo.untranslated(ask("ops", "/plans/new/"), DATA) == []
    file = SimpleUploadedFile("订单.csv", orders_text().encode())
    address = as_user("ops").post(reverse("plan_new"), {"file": file}).url
    assert pseudo.untranslated(ask("ops", address), DATA) == []


@pytest.mark.parametrize("address", ["/org/", "/audit/", "/access/", "/no/such/page"])
@pytest.mark.parametrize("name", ["ops", "security", "audit", "stranger"])
def test_the_other_pages(ask, name, address):
    assert pseudo.untranslated(ask(name, address), DATA) == []


def test_a_word_of_no_catalogue_is_found():
    html = '<p>⟦Hello⟧ <b>raw words</b></p><input placeholder="typed here"><code>code</code>'
    assert pseudo.untranslated(html) == ["raw words", "typed here"]
