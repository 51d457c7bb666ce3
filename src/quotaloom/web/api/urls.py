"""/api/v1: addresses of the interface for programs, each with the permission that it asks for."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, cast

from ninja import NinjaAPI

from quotaloom.web.api.attainment import router as attainment
from quotaloom.web.api.door import Holding
from quotaloom.web.api.exchange import router as exchange
from quotaloom.web.api.facts import router as facts
from quotaloom.web.api.figure import router as figures
from quotaloom.web.api.living import router as edits
from quotaloom.web.api.measure import router as measures
from quotaloom.web.api.member import router as members
from quotaloom.web.api.plan import router as plans
from quotaloom.web.api.problem import answer_problems
from quotaloom.web.api.release import router as releases
from quotaloom.web.api.strict import StrictParser
from quotaloom.web.api.version import router as versions
from quotaloom.web.ui.policy import PROGRAM, PUBLIC

if TYPE_CHECKING:
    from django.urls import URLPattern

api = NinjaAPI(
    title="QuotaLoom 织标",
    version=version("quotaloom"),
    description="Read members, plans, measures, their figures and the attainment, edit, compare "
    "and release plans, bring facts, within the scope of a token. "
    "Amounts are whole 分.",
    parser=StrictParser(),
    docs_url=None,  # its page loads scripts from elsewhere
    openapi_url="openapi.json",
    urls_namespace="api",
)
answer_problems(api)
ROUTERS = (
    ("members", members),
    ("plans", plans),
    ("plans", edits),
    ("plans", versions),
    ("plans", releases),
    ("plans", exchange),
    ("facts", facts),
    ("measures", measures),
    ("figures", figures),
    ("attainment", attainment),
)
for place, router in ROUTERS:
    api.add_router(place, router)


def operations() -> dict[str, list[Holding]]:
    """What opens each operation, by path and methods."""
    return {
        f"{prefix}{path} {'/'.join(operation.methods)}": [
            key for key in operation.auth_callbacks if isinstance(key, Holding)
        ]
        for prefix, router in ROUTERS
        for path, view in router.path_operations.items()
        for operation in view.operations
    }


def _declared() -> list[URLPattern]:
    """The addresses with their policies; one without a permission stays undeclared, and shut."""
    found = cast("list[URLPattern]", api.urls[0])
    guarded = all(keys for keys in operations().values())
    for one in found:
        if one.name in {"openapi-json", "api-root"}:  # the description, and the way to it
            one.callback.policy = PUBLIC  # type: ignore[attr-defined]
        elif guarded:
            one.callback.policy = PROGRAM  # type: ignore[attr-defined]
    return found


app_name = "api"
urlpatterns = _declared()
