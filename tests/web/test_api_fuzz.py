"""/api/v1 under words that nobody would type: no fault of ours, nothing undocumented (S10)."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from quotaloom.web.api.token import SCOPES, token_create
from quotaloom.web.audit.services import Actor
from quotaloom.web.config.wsgi import application
from tests.support.counts import examples

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WHOLE = 20_000
PROGRAMS = ("zhang", "ops", "li", "system")
PARTS = 6  # of the whole count, so that the workers of a test run share it


@pytest.fixture
def schema(db):  # noqa: ARG001 - opens the database
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", [*PROGRAMS, None])
def test_it_answers_as_it_says_whatever_is_asked(schema, cast, name, part):  # noqa: ARG001
    headers = {}
    if name:
        role = cast.users[name].grants.get().role
        role.permissions = [*role.permissions, "tokens.use"]
        role.save()
        told = {"user": cast.users[name], "name": "fuzz", "scopes": SCOPES, "days": 1}
        headers["Authorization"] = f"Bearer {token_create(actor=Actor(), **told)[1]}"
    listed = [one.ok() for one in schema.get_all_operations()]
    most = max(2, examples(WHOLE) // PARTS // (len(PROGRAMS) + 1) // len(listed))
    for operation in listed:
        bounded = settings(
            max_examples=most,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )

        @bounded
        @given(case=operation.as_strategy())
        def asked(case):
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)

        asked()
