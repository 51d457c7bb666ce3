"""The filter language, docs/reference/filters.md: a text into a tree of tests, nothing executed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Callable

Operator = Literal["=", "!=", "<", "<=", ">", ">="]

LONGEST: Final = 4_000
DEEPEST: Final = 40
_TOKEN: Final = re.compile(
    r"""\s*(?:
      "(?P<double>(?:[^"]|"")*)" | '(?P<single>(?:[^']|'')*)'
    | “(?P<curly>[^”]*)” | ‘(?P<curl>[^’]*)’ | 「(?P<corner>[^」]*)」
    | (?P<sign><=|>=|<>|!=|==|≤|≥|≠|[<>=(),＜＞＝（），])
    | (?P<word>[^\s<>=!≤≥≠(),＜＞＝（），"'“”‘’「」]+)
    )""",
    re.VERBOSE,
)
_SIGNS: Final = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "（": "(", "）": ")"} | {
    "＜": "<", "＞": ">", "＝": "=", "，": ",",
}  # fmt: skip
_KEYWORDS: Final = {
    "and": "and", "并且": "and", "且": "and", "&&": "and",
    "or": "or", "或": "or", "或者": "or", "||": "or",
    "not": "not", "非": "not", "不": "not",
    "in": "in", "属于": "in", "在": "in", "like": "like", "形如": "like",
    "is": "is", "为": "is", "是": "is", "blank": "blank", "空": "blank", "null": "blank",
    "为空": "is blank", "不为空": "is not blank", "不属于": "not in",
    "等于": "=", "不等于": "!=", "大于": ">", "小于": "<", "大于等于": ">=", "小于等于": "<=",
}  # fmt: skip
_OPERATORS: Final = ("=", "!=", "<", "<=", ">", ">=")
_LOOSE: Final = ("word", "blank", "is", "like")


@dataclass(frozen=True, slots=True)
class Word:
    """A value as it was written; a quoted one is a text, never a number."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """``column operator value``."""

    column: str
    operator: Operator
    value: Word


@dataclass(frozen=True, slots=True)
class Among:
    """``column in (value, …)``."""

    column: str
    values: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """``column like 'GTX*'``: ``*`` is any text, ``?`` is any one sign."""

    column: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Blank:
    """``column is blank``."""

    column: str


@dataclass(frozen=True, slots=True)
class Not:
    """The rows that the test leaves out."""

    test: Test


@dataclass(frozen=True, slots=True)
class Both:
    """All of the tests (``and``) or any of them (``or``)."""

    kind: Literal["and", "or"]
    tests: tuple[Test, ...]


Test = Compare | Among | Like | Blank | Not | Both


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "word", "text", "end", or the keyword or sign itself
    text: str
    at: int


def columns_of(test: Test) -> tuple[str, ...]:
    """The columns that the test names, in order, each once."""
    if isinstance(test, Not):
        return columns_of(test.test)
    if isinstance(test, Both):
        return tuple(dict.fromkeys(name for part in test.tests for name in columns_of(part)))
    return (test.column,)


def parse_where(text: str) -> Test:
    """The test that the text says. Raises UsageRefused with the place where it stops making sense.

    Refused beyond 4,000 signs or 40 nested brackets and nots; time is linear in the length.
    """
    if len(text) > LONGEST:
        raise UsageRefused([error("where.too_long", count=len(text), limit=LONGEST)])
    return _Reader(text).whole()


class _Reader:
    """Walks the tokens once, from left to right; each method reads one rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at, self.depth = text, _tokens(text), 0, 0

    def whole(self) -> Test:
        test = self.any_of()
        self.expect("end")
        return test

    def any_of(self) -> Test:
        return self.chain("or", self.all_of)

    def all_of(self) -> Test:
        return self.chain("and", self.one)

    def chain(self, kind: Literal["and", "or"], part: Callable[[], Test]) -> Test:
        tests = [part()]
        while self.took(kind):
            tests.append(part())
        return tests[0] if len(tests) == 1 else Both(kind, tuple(tests))

    def one(self) -> Test:
        if self.here not in ("not", "("):
            return self.comparison()
        self.depth += 1
        if self.depth > DEEPEST:
            raise UsageRefused([error("where.too_deep", limit=DEEPEST)])
        if self.took("not"):
            test: Test = Not(self.one())
        else:
            self.expect("(")
            test = self.any_of()
            self.expect(")")
        self.depth -= 1
        return test

    def comparison(self) -> Test:
        column = self.words().text
        if self.here in _OPERATORS:
            return Compare(column, cast("Operator", self.next().kind), self.words())
        if self.took("is"):
            return self.turned(self.took("not"), self.blank(column))
        turned = self.took("not")
        if self.took("like"):
            return self.turned(turned, Like(column, self.words().text))
        self.expect("in")
        return self.turned(turned, Among(column, self.listed()))

    def turned(self, turned: bool, test: Test) -> Test:  # noqa: FBT001 - read from the text
        return Not(test) if turned else test

    def blank(self, column: str) -> Test:
        self.expect("blank")
        return Blank(column)

    def listed(self) -> tuple[Word, ...]:
        self.expect("(")
        values = [self.words()]
        while self.took(","):
            values.append(self.words())
        self.expect(")")
        return tuple(values)

    def words(self) -> Word:
        """A quoted text, or bare words up to the next sign or keyword, joined by one space."""
        if self.here == "text":
            return Word(self.next().text, quoted=True)
        words = [self.next().text] if self.here in _LOOSE else []
        while self.here in ("word", "blank") and words:
            words.append(self.next().text)
        if not words:
            raise self.refusal()
        return Word(" ".join(words))

    @property
    def here(self) -> str:
        return self.tokens[self.at].kind

    def next(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def took(self, kind: str) -> bool:
        found = self.here == kind
        self.at += found
        return found

    def expect(self, kind: str) -> None:
        if not self.took(kind):
            raise self.refusal()

    def refusal(self) -> UsageRefused:
        return UsageRefused([_unreadable(self.text, self.tokens[self.at].at)])


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, past = 0, len(text.rstrip())
    while at < past:
        found = _TOKEN.match(text, at)
        if found is None:
            raise UsageRefused([_unreadable(text, at)])
        tokens.extend(_spelt(found))
        at = found.end()
    return [*tokens, _Token("end", "", past)]


def _spelt(found: re.Match[str]) -> list[_Token]:
    """The token of a match; 不为空 stands for three."""
    kind = found.lastgroup or ""
    text, at = found[kind], found.start(kind)
    if kind == "sign":
        return [_Token(_SIGNS.get(text, text), text, at)]
    if kind == "word":
        keywords = _KEYWORDS.get(text.lower(), "word")
        return [_Token(keyword, text, at) for keyword in keywords.split()]
    quote = {"double": '"', "single": "'"}.get(kind)
    return [_Token("text", text.replace(quote * 2, quote) if quote else text, at)]


def _unreadable(text: str, at: int) -> Finding:
    at += len(text[at:]) - len(text[at:].lstrip())
    near = text[at : at + 20].strip() or "…"
    return error("where.unreadable", near, position=at + 1, text=text[:200])
