"""Every address of the web and who may open it, told by tables and not by the product's own rules.

A new page is found by itself where its arguments are known to ``KNOWN``; else it adds a line to
``DOORS``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from quotaloom.web.jobs.models import Job
from quotaloom.web.org.roles import ROLES
from quotaloom.web.ui.policy import policy_of
from tests.support.cast import BRANCHES, PEOPLE, Cast

Arguments = Callable[[Cast, str], dict]


@dataclass(frozen=True)
class Address:
    """One address: its name with namespaces, its view, and the arguments that it takes."""

    name: str
    view: object
    takes: tuple[str, ...]

    @property
    def policy(self):
        return policy_of(self.view, self.name)


@dataclass(frozen=True)
class Door:
    """How to fill the arguments of an address for a branch, and what decides.

    ``scope``: the branch must lie in the reach of the permission; ``all``: the permission alone;
    ``own``: only the one in ``owner``; ``missing``: what is asked for is not there.
    """

    arguments: Arguments
    decides: str = "all"
    owner: str = ""


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
    if not set(address.takes) <= set(KNOWN):
        return None
    known = [KNOWN[name] for name in address.takes]
    decides = next((one for one in ("missing", "scope") if any(k[0] == one for k in known)), "all")
    return Door(
        lambda cast, branch: {
            name: fill(cast, branch) for name, (_, fill) in zip(address.takes, known, strict=True)
        },
        decides,
    )


def reach(name):
    """The branches that somebody's grant holds, from the table of the cast; None: no grant."""
    _, role, branch, _ = PEOPLE[name]
    if role is None:
        return None
    if branch is None:
        return {code for code, *_ in BRANCHES}
    found = {branch}
    for code, _, parent, _ in BRANCHES:  # parents come before their children
        if parent in found:
            found.add(code)
    return found


def allowed(name, permission):
    """Whether somebody's role holds a permission, from the table of roles."""
    role = PEOPLE[name][1]
    return role is not None and permission in ROLES[role][2]


def hidden_words(name):
    """Names of branches and people that somebody must never read."""
    seen = reach(name) or set()
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


def _user(cast, _branch):
    return {"user_id": cast.users["wang"].pk}


def _grant(cast, _branch):
    grant = cast.users["wang"].grants.first()
    return {"user_id": grant.user_id, "grant_id": grant.pk}


def _job(cast, _branch):
    return {"job_id": Job.objects.get_or_create(owner=cast.users["wang"], kind="none")[0].pk}


def _nobody(_cast, _branch):
    return {"secret": uuid.uuid4().hex}


KNOWN = {  # arguments by name: what decides, and what to give
    "member_id": ("scope", lambda cast, branch: cast.members[branch].pk),
    "verb": ("missing", lambda _cast, _branch: "rename"),
    "plan_id": ("missing", lambda _cast, _branch: uuid.UUID(int=7)),
    "draft_id": ("missing", lambda _cast, _branch: uuid.UUID(int=7)),
    "file_id": ("missing", lambda _cast, _branch: 7),
    "job_id": ("missing", lambda _cast, _branch: uuid.UUID(int=7)),
    "list_id": ("missing", lambda _cast, _branch: uuid.UUID(int=7)),
    "axis": ("all", lambda _cast, _branch: "org"),
}
DOORS: dict[str, Door] = {
    "account": Door(_user),
    "account_link": Door(_user),
    "account_switch": Door(_user),
    "account_factors": Door(_user),
    "view_as_begin": Door(_user, "view_as"),
    "grant_new": Door(_user),
    "grant_end": Door(_grant),
    "role": Door(lambda _cast, _branch: {"code": "finance"}),
    "role_restore": Door(lambda _cast, _branch: {"code": "finance"}),
    "job": Door(_job, "own", "wang"),
    "job_cancel": Door(_job, "own", "wang"),
    "choose_password": Door(_nobody),
    "wizard_step": Door(lambda _cast, _branch: {"step": "company"}),
    "wizard_skip": Door(lambda _cast, _branch: {"step": "company"}),
    "token_revoke": Door(lambda _cast, _branch: {"token_id": 987}, "missing"),
    "openid_connect_login": Door(lambda _cast, _branch: {"provider_id": "none"}),
    "openid_connect_callback": Door(lambda _cast, _branch: {"provider_id": "none"}),
}
