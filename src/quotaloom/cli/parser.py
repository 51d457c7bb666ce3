"""A command parser that speaks the reader's language."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
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


class Parser(argparse.ArgumentParser):
    """argparse in Chinese or English; wrong usage exits 2. Options are never abbreviated."""

    def __init__(self, *, lang: Lang = "zh", **given: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(add_help=False, allow_abbrev=False, **given)
        self.lang = lang
        self.add_argument("-h", "--help", action="help", help=HELP[lang])
        for group in self._action_groups:
            group.title = HEADINGS[lang].get(str(group.title), group.title)

    def format_usage(self) -> str:
        """The usage line."""
        return self._in_language(super().format_usage())

    def format_help(self) -> str:
        """The whole help."""
        return self._in_language(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit with 2."""
        text = WRONG[self.lang].format(message=message, prog=self.prog)
        self.exit(2, text + "\n")

    def _in_language(self, text: str) -> str:
        return text.replace("usage: ", HEADINGS[self.lang].get("usage: ", "usage: "), 1)
