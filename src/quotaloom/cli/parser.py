"""A command parser that speaks the reader's language."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any, NoReturn

from quotaloom.core.model.names import nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.cli.speech import Lang

HEADINGS = {
    "zh": {"positional arguments": "参数", "options": "选项", "usage: ": "用法："},
    "en": {},
}
HELP = {"zh": "显示本说明", "en": "show this help"}
WRONG = {
    "zh": "命令写法有误：{message}\n请用 {prog} --help 查看写法。",
    "en": "wrong usage: {message}\nSee {prog} --help.",
}
NEAREST = {"zh": "。最接近的是：{near}", "en": "; the nearest: {near}"}
CHINESE = (
    (r"unrecognized arguments: (.*)", "没有这样的选项或参数：{0}"),
    (r"the following arguments are required: (.*)", "缺少：{0}"),
    (r"argument (.*?): expected (?:one|at least one) argument", "选项 {0} 后面缺少值"),
    (r"argument (.*?): ignored explicit argument (.*)", "选项 {0} 后面不带值，却写了 {1}"),
    (r"argument (.*?): invalid int value: (.*)", "选项 {0} 应为整数，不是 {1}"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", "{0} 不能是 {1}，可选：{2}"),
    (r"(?s)(.*)", "{0}"),
)
NEGATIVE = re.compile(r"[-\u2212\uff0d][0-9.（(\uff10-\uff19]")
BAD_CHOICE = re.compile(r"argument .*?: invalid choice: '(.*?)' \(choose from (.*)\)")
BAD_TAIL = re.compile(r"unrecognized arguments: (.*)")


class Parser(argparse.ArgumentParser):
    """argparse in Chinese or English; wrong usage exits 2. Options are never abbreviated."""

    def __init__(self, *, lang: Lang = "zh", **given: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **given,
        )
        self.lang = lang
        self.add_argument("-h", "--help", action="help", help=HELP[lang])
        for group in self._action_groups:
            group.title = HEADINGS[lang].get(str(group.title), group.title)

    def parse_known_args(  # type: ignore[override]  # argparse's stub has overloads
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,  # noqa: ANN401
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the words; a value that begins with a minus belongs to the option before it."""
        words = list(args) if args is not None else None
        return super().parse_known_args(words and _joined(words), namespace)

    def format_usage(self) -> str:
        """The usage line."""
        return self._in_language(super().format_usage())

    def format_help(self) -> str:
        """The whole help."""
        return self._in_language(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit with 2."""
        said = message if self.lang == "en" else _chinese(message)
        unknown, choice = BAD_TAIL.fullmatch(message), BAD_CHOICE.fullmatch(message)
        near = _near(unknown[1], self._flags()) if unknown else ""
        if choice:
            near = ", ".join(nearest_names(choice[1], choice[2].replace("'", "").split(", "))[:1])
        if near:
            said += NEAREST[self.lang].format(near=near)
        text = WRONG[self.lang].format(message=said, prog=self.prog)
        self.exit(2, text + "\n")

    def _flags(self) -> set[str]:
        """The options of this parser and of the verbs below it."""
        below = [a for a in self._actions if isinstance(a, argparse._SubParsersAction)]  # noqa: SLF001 - no other way
        own = {flag for action in self._actions for flag in action.option_strings}
        return own.union(*(one._flags() for action in below for one in action.choices.values()))  # noqa: SLF001

    def _in_language(self, text: str) -> str:
        return text.replace("usage: ", HEADINGS[self.lang].get("usage: ", "usage: "), 1)


def plain_help(text: str) -> str:
    """A help text in which a percent sign is one; argparse takes it for a placeholder."""
    return text.replace("%", "%%")


def _joined(words: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        if (
            before.startswith("--")
            and len(before) > 2
            and "=" not in before
            and NEGATIVE.match(word)
        ):
            joined[-1] = f"{before}={word}"
        else:
            joined.append(word)
    return joined


def _chinese(message: str) -> str:
    found = ((re.fullmatch(pattern, message), said) for pattern, said in CHINESE)
    text = next(said.format(*match.groups()) for match, said in found if match)
    return text.replace("'", "")


def _near(words: str, flags: Iterable[str]) -> str:
    wrong = next((word for word in words.split() if word.startswith("--")), "")
    return ", ".join(nearest_names(wrong.split("=")[0], flags)) if wrong else ""
