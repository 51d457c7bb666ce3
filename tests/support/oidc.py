"""An OpenID Connect provider: authlib's own grants, codes and tokens, served over HTTP."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey

from tests.support.house_server import as_json, serving

CLIENT, SECRET = "quotaloom", "a-secret-of-the-test"


@dataclass
class Client(ClientMixin):
    """The one client that is registered, with its one way back."""

    back: str

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.back

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self.back

    def check_client_secret(self, client_secret):
        return secrets.compare_digest(client_secret, SECRET)

    def check_endpoint_auth_method(self, method, endpoint):
        return method in {"client_secret_basic", "client_secret_post"} and endpoint == "token"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """A code that was given out, with what it was asked with."""

    code: str
    user: dict
    asked: dict

    def get_redirect_uri(self):
        return self.asked["redirect_uri"]

    def get_scope(self):
        return self.asked["scope"]

    def get_nonce(self):
        return self.asked.get("nonce")

    def get_auth_time(self):
        return None

    def get_acr(self):
        return None

    def get_amr(self):
        return None

    @property
    def code_challenge(self):
        return self.asked.get("code_challenge")

    @property
    def code_challenge_method(self):
        return self.asked.get("code_challenge_method")


class Request(OAuth2Request):
    """What came, with the words of its address and of its body together."""

    @property
    def args(self):
        return self.payload.data

    form = args


class Grant(AuthorizationCodeGrant):
    """Codes by the server's own table; each works once."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    def save_authorization_code(self, code, request):
        self.server.codes[code] = Code(code, request.user, dict(request.payload.data))

    def query_authorization_code(self, code, client):  # noqa: ARG002
        return self.server.codes.get(code)

    def delete_authorization_code(self, authorization_code):
        del self.server.codes[authorization_code.code]

    def authenticate_user(self, authorization_code):
        return authorization_code.user


class Identity(OpenIDCode):
    """Signed statements of who somebody is."""

    def __init__(self, house):
        super().__init__()
        self.house = house

    def exists_nonce(self, nonce, request):  # noqa: ARG002
        return False

    def resolve_client_private_key(self, client):  # noqa: ARG002
        return self.house.key

    def get_client_claims(self, client):
        return {"iss": self.house.url, "aud": [client.get_client_id()]}

    def get_encode_header(self, client):  # noqa: ARG002
        return {"alg": "RS256", "kid": self.house.key.kid}

    def generate_user_info(self, user, scope):  # noqa: ARG002
        return {"sub": user["sub"]}


@dataclass
class House(AuthorizationServer):
    """The provider; ``who`` sits before its sign-in page, nobody means that she cancelled."""

    client: Client
    who: dict | None
    url: str = ""
    codes: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))

    def __post_init__(self):
        super().__init__(scopes_supported=["openid", "profile", "email"])
        made = BearerTokenGenerator(lambda *_, **__: secrets.token_urlsafe(24))
        self.register_token_generator("default", made)
        self.register_grant(Grant, [CodeChallenge(required=True), Identity(self)])

    def query_client(self, client_id):
        return self.client if client_id == CLIENT else None

    def save_token(self, token, request):
        self.tokens[token["access_token"]] = request.user

    def create_oauth2_request(self, request):
        return request

    def send_signal(self, name, *args, **kwargs):
        pass

    def handle_response(self, status, body, headers):
        return status, body, headers

    def answer(self, method, url, words, headers):
        """One request."""
        request = Request(method, url, headers=headers)
        request.payload = BasicOAuth2Payload(words)
        path = urlsplit(url).path
        if path == "/authorize":
            grant = self.get_consent_grant(request, self.who)
            return self.create_authorization_response(request, self.who, grant)
        if path == "/token":
            return self.create_token_response(request)
        if path == "/userinfo":
            user = self.tokens.get(headers.get("Authorization", "").removeprefix("Bearer "))
            return as_json(user) if user else as_json({"error": "invalid_token"}, 401)
        if path == "/jwks":
            return as_json({"keys": [self.key.as_dict(private=False)]})
        return as_json(self.discovery())

    def discovery(self):
        """What the provider says about itself."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }


@contextmanager
def oidc_house(back, who):
    """A provider that runs, with ``who`` before it and ``back`` as the client's way back."""
    house = House(Client(back), who)
    with serving(house.answer) as url:
        house.url = url
        yield house
