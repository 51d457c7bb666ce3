"""A language in which every translated text stands in brackets; what has none was forgotten."""

from __future__ import annotations

import importlib.util
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog

from tests.support.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def _tool(name):
    """A script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _tool("messages")
LANGUAGE = "en-xa"
WORD = re.compile(r"[A-Za-z]{3,}")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
# What is the same in every language: names of products, formats, units, and our own name.
SAME = {"CNY", "csv", "Excel", "xlsx", "xls", "Parquet", "English", "OIDC", "TOTP", "rake"}
SKIPPED = {"script", "style", "code", "kbd", "title", "option", "textarea"}
VOID = {"input", "img", "br", "link", "meta", "hr", "use", "path", "symbol"}
SPOKEN = ("aria-label", "placeholder", "title", "alt")


def write_catalogue(folder: Path) -> None:
    """The catalogue of the pseudo-language, compiled, below ``folder``."""
    catalog = Catalog(locale=None, charset="utf-8", fuzzy=False)
    for message in messages.collected():
        if message.id:
            told = {"context": message.context, "flags": message.flags}
            catalog.add(message.id, marked(message.id), **told)
    path = folder / "en_XA/LC_MESSAGES"
    path.mkdir(parents=True)
    (path / "django.mo").write_bytes(messages.as_mo(catalog))


def marked(text):
    """The message in brackets; both forms of one that counts."""
    return tuple(map(marked, text)) if isinstance(text, tuple) else f"⟦{text}⟧"


class Reader(HTMLParser):
    """Gathers what a person reads or hears; sentences of findings have a table of their own."""

    def __init__(self):
        super().__init__()
        self.inside, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_skipped = tag in SKIPPED or "finding" in (given.get("class") or "").split()
        if tag not in VOID:
            self.inside.append((tag, is_skipped))
        if not self._skips() and not is_skipped:
            self.texts += [given[name] for name in SPOKEN if given.get(name)]

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._skips():
            self.texts.append(data)

    def _skips(self):
        return any(is_skipped for _tag, is_skipped in self.inside)


def _outside(text):
    """What stands in no brackets; a translated word may stand within a translated sentence."""
    while (shorter := BRACKETED.sub(" ", text)) != text:
        text = shorter
    return text


def untranslated(html: str, known: frozenset[str] = frozenset()) -> list[str]:
    """The texts of a page that hold words of no catalogue; ``known`` are words of its data."""
    reader = Reader()
    reader.feed(html)
    joined = (_outside(text) for text in reader.texts)
    found = [text.strip() for text in joined if set(WORD.findall(text)) - SAME - known]
    return [text for text in found if text]
