"""The door of a program: its token, and the permission that each operation asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja.security import HttpBearer

from quotaloom.web.api.problem import Refused
from quotaloom.web.api.token import token_known

if TYPE_CHECKING:
    from django.http import HttpRequest

    from quotaloom.web.accounts.models import User


class Holding(HttpBearer):
    """Opens to tokens that hold the permission and whose account holds it still.

    Words of the address that are not among ``words``, and repeated ones, are refused with 422.
    """

    def __init__(self, permission: str, *words: str) -> None:
        super().__init__()
        self.permission, self.words = permission, frozenset(words)

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The account in whose name the program asks; None for a token that opens nothing."""
        known = token_known(token)
        if known is None:
            return None
        if self.permission not in known.scopes or not known.user.has_perm(self.permission):
            raise Refused(403, "token.lacks_permission", self.permission)
        unknown = sorted(set(request.GET) - self.words)
        twice = sorted(word for word in request.GET if len(request.GET.getlist(word)) > 1)
        if unknown or twice:
            raise Refused(422, "request.unknown_field", ", ".join(unknown or twice)[:200])
        request.user = known.user
        return known.user
