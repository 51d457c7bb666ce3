"""Every address of the web and who may open it, told by tables and not by the product's own rules.

A new page is found by itself where its arguments are known to ``KNOWN``; else it adds a line to
``DOORS``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

from quotaloom.web.org.roles import ROLES
from quotaloom.web.ui.policy import policy_of
from tests.support import door_objects as objects
from tests.support.cast import BRANCHES, PEOPLE, Cast
from tests.support.door_objects import below, seats_of

Arguments = Callable[[Cast, str], dict]
Opens = Callable[[str, str], bool | None]


@dataclass(frozen=True)
class Address:
    """One address: its name with namespaces, its view, and the arguments that it takes."""

    name: str
    view: object
    takes: tuple[str, ...]

    @property
    def policy(self):
        return policy_of(self.view, self.name)


def always(_name, _branch):
    """The permission alone decides."""
    return True


def in_reach(name, branch):
    """Whether the branch lies in the reach of somebody."""
    return branch in reach(name)


def sees_plan(name, branch):
    """Whether somebody sees any seat of the plan of a branch."""
    return bool(seats_of(branch) & reach(name))


def only(*names):
    """These alone."""
    return lambda name, _branch: name in names


@dataclass(frozen=True)
class Door:
    """How to fill an address for a branch, and to whom of those with its permission it opens.

    ``opens`` answers None where tests of its own tell; ``asked`` stands behind the address,
    ``posted`` is the form of a POST.
    """

    arguments: Arguments
    opens: Opens = always
    asked: Callable[[str], str] = lambda _branch: ""
    posted: dict[str, str] = field(default_factory=dict)

    @property
    def is_scoped(self):
        return self.opens in {in_reach, sees_plan}


def addresses(patterns=None, space="", above=()):
    """All addresses of the resolver."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            below = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, below, (*above, *_taken(one)))
        elif isinstance(one, URLPattern):
            takes = tuple(dict.fromkeys((*above, *_taken(one))))
            yield Address(f"{space}{one.name}", one.callback, takes)


def _taken(one):
    return (*one.pattern.converters, *one.pattern.regex.groupindex)


def door_of(address):
    """How to fill an address: its own line, else by the names of its arguments, else None."""
    if not address.takes or address.name in DOORS:
        return DOORS.get(address.name)
    return KNOWN.get(address.takes)


def reach(name):
    """The branches that somebody's grant holds, from the table of the cast."""
    _, role, branch, _ = PEOPLE[name]
    if role is None:
        return set()
    return below(branch) if branch else {code for code, *_ in BRANCHES}


def allowed(name, permission):
    """Whether somebody's role holds a permission, from the table of roles."""
    role = PEOPLE[name][1]
    return role is not None and permission in ROLES[role][2]


def hidden_words(name):
    """Names of branches and people that somebody must never read."""
    seen = reach(name)
    branches = {text for code, text, *_ in BRANCHES if code not in seen and code != "HQ"}
    people = {
        text for text, _, branch, seat in PEOPLE.values() if {branch, seat} - {None} - seen
    } - {PEOPLE[name][0]}
    return branches | people


TOKENS = re.compile(
    r'(csrfmiddlewaretoken" value="|name="csrf-token" content="|X-CSRFToken": ")[^"]*'
)


def steady(answer):
    """The body without what differs from request to request."""
    return TOKENS.sub(r"\1", answer.content.decode())


def _nothing(_cast, _branch):
    return {}


def _user(cast, _branch):
    return {"user_id": cast.wang.pk}


def _grant(cast, _branch):
    grant = cast.wang.grants.get()
    return {"user_id": grant.user_id, "grant_id": grant.pk}


def _member(cast, branch):
    return {"member_id": cast.members[branch].pk if branch in cast.members else uuid.uuid4()}


def _plan(cast, branch):
    return {"plan_id": objects.plan(cast, branch).pk}


def _draft(cast, _branch):
    return {"draft_id": objects.draft(cast).pk}


def _file(cast, _branch):
    one = objects.draft(cast)
    return {"draft_id": one.pk, "file_id": one.files.get().pk}


def _verb(verb):
    return Door(lambda *_: {"verb": verb}, in_reach, lambda branch: f"?member={branch}")


def _opportunity(cast, branch):
    return {"opportunity_id": objects.opportunity(cast, branch).pk}


def _job(cast, _branch):
    return {"job_id": objects.job(cast).pk}


def _nowhere(name):
    """An id of nothing; who may open what is there, tests of the page itself tell."""
    return {name: uuid.uuid4()}


def _scenario(cast, branch):
    return _plan(cast, branch) | {"scenario_id": uuid.uuid4()}


def _edition(cast, branch):
    return _plan(cast, branch) | {"number": 1}


def _point(cast, branch):
    return _plan(cast, branch) | {"point_id": 0}


KNOWN = {  # by the arguments of the address
    ("member_id",): Door(_member, in_reach),
    ("opportunity_id",): Door(_opportunity, in_reach),
    ("plan_id",): Door(_plan, sees_plan),
    ("plan_id", "kind"): Door(lambda *one: _plan(*one) | {"kind": "csv"}, sees_plan),
    ("plan_id", "job_id"): Door(lambda *one: _plan(*one) | _job(*one), only()),
    ("plan_id", "handout_id"): Door(lambda *one: _plan(*one) | _nowhere("handout_id"), only()),
    ("plan_id", "return_id"): Door(lambda *one: _plan(*one) | _nowhere("return_id"), only()),
    ("draft_id",): Door(_draft, only("ops")),
    ("draft_id", "file_id"): Door(_file, only("ops")),
    ("list_id",): Door(lambda cast, _branch: {"list_id": objects.people_list(cast).pk}),
    ("upload_id",): Door(
        lambda cast, _branch: {"upload_id": objects.facts_file(cast).pk}, only("ops")
    ),
    ("kind",): Door(lambda *_: {"kind": "invoices"}),
    ("dataset",): Door(lambda *_: {"dataset": "invoices"}),
    ("position",): Door(lambda *_: {"position": 1}),
    ("user_id",): Door(_user),
    ("provider_id",): Door(lambda *_: {"provider_id": "none"}),
}
DOORS: dict[str, Door] = {
    "data_batch_mended": Door(lambda *_: {"position": 1}, only()),  # without a batch
    "cockpit_explain": Door(_nothing, only()),  # without a fact and a released plan
    "cockpit_export": Door(_nothing, only()),
    "cockpit_rows": Door(_nothing, only()),  # without a measure in the address
    "cockpit_funnel_export": Door(_nothing, only()),
    "cockpit_customers_export": Door(_nothing, only()),
    "cockpit_comparisons_export": Door(_nothing, only()),
    "cockpit_products_export": Door(_nothing, only()),
    "cockpit_team_export": Door(_nothing, only()),
    "reconciliation_lines": Door(_nothing, only()),
    "reconciliation_export": Door(_nothing, only()),
    "reconciliation_control": Door(_nothing, only("zhang", "sun")),
    "exchange_send": Door(_plan, sees_plan, posted={"level": "岗位"}),
    "plan_split": Door(_plan, sees_plan, posted={"level": "岗位"}),
    "org_change": _verb("rename"),
    "org_change_post": _verb("rename"),
    "seat_change": _verb("leave"),
    "seat_change_post": _verb("leave"),
    "org_list_undo": Door(
        lambda cast, _branch: {"list_id": objects.people_list(cast, written=True).pk}
    ),
    "view_as_begin": Door(_user, only("ops")),
    "grant_end": Door(_grant),
    "role": Door(lambda *_: {"code": "finance"}),
    "role_restore": Door(lambda *_: {"code": "finance"}),
    "job": Door(_job, only("wang", "system")),
    "job_cancel": Door(_job, only("wang", "system")),
    "choose_password": Door(lambda *_: {"secret": uuid.uuid4().hex}),
    "wizard_step": Door(lambda *_: {"step": "company"}),
    "wizard_skip": Door(lambda *_: {"step": "company"}),
    "promote": Door(_scenario, only()),
    "promote_post": Door(_scenario, only()),
    "scenario_change": Door(_scenario, only()),
    "scenario_shelve": Door(_scenario, only()),
    "compare_rows": Door(_plan, only()),  # without two versions in the address
    "compare_causes": Door(_plan, only()),
    "compare_export": Door(_plan, only()),
    "point_gone": Door(_point, only()),
    "edition": Door(_edition, only()),
    "edition_cells": Door(_edition, only()),
    "api:edition": Door(_edition, only()),
    "api:promote": Door(_scenario, only()),
    "api:measure": Door(lambda *_: {"code": "booked"}),
    "token_revoke": Door(lambda cast, _branch: {"token_id": objects.token(cast).pk}, only("ops")),
}
