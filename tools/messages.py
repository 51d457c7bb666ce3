"""Collect what the pages say, keep the Chinese catalogue complete, compile it.

`python tools/messages.py` rewrites the catalogue from the sources and prints what lacks its
Chinese; `--fill FILE` takes Chinese from lines of `English<TAB>中文` on the way; `--check` fails
where the catalogue is not what the sources say, where a message lacks its Chinese, or where the
compiled file is stale.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src/quotaloom/web"
DAWN = datetime(2026, 1, 1, tzinfo=UTC)
FOLDER = WEB / "locale/zh_Hans/LC_MESSAGES"
WORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
SOURCES = ("**/*.py", "templates/**/*.html", "*/templates/**/*.html", "*/templates/**/*.txt")


def said_in(path: Path) -> list[tuple[int, str, object, list[str]]]:
    """The messages of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    return list(extract_python(io.BytesIO(text.encode()), list(WORDS), [], {"encoding": "utf-8"}))


def said(function: str, found: str | tuple[str | None, ...]) -> str | tuple[str | None, ...]:
    """The message of a call: a text, or two for one and many."""
    if isinstance(found, str):
        return found
    return found[:2] if function == "ngettext" else found[0] or ""


def collected() -> Catalog:
    """All messages, in the order of their files; lines are left out, so that moves do not show."""
    catalog = Catalog(project="quotaloom", charset="utf-8")
    files = sorted({path for pattern in SOURCES for path in WEB.glob(pattern)})
    for path in files:
        for _line, function, found, _comments in said_in(path):
            context, message = found if function == "pgettext" else (None, said(function, found))
            if message:
                where = [(path.relative_to(ROOT).as_posix(), 0)]
                catalog.add(message, locations=where, context=context)
    return catalog


def known() -> Catalog:
    """The Chinese catalogue as it is kept."""
    path = FOLDER / "django.po"
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def merged() -> Catalog:
    """What the sources say, with the Chinese that is known; what nobody says is dropped."""
    old, new = known(), Catalog(locale="zh_Hans", project="quotaloom", charset="utf-8", fuzzy=False)
    for message in collected():
        if not message.id:
            continue
        before = old.get(message.id, message.context)
        string = before.string if before else ""
        told = {"context": message.context, "flags": message.flags}
        new.add(message.id, string, locations=message.locations, **told)
    return new


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as text: sorted, without lines or dates."""
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, omit_header=True, include_lineno=False, width=100)
    return HEAD.encode() + out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it; its header names no day, so that equal texts are equal."""
    catalog.creation_date = catalog.revision_date = DAWN
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Messages without Chinese."""
    strings = {m.id: m.string if isinstance(m.string, tuple) else (m.string,) for m in catalog}
    return [str(said) for said, string in strings.items() if said and not all(string)]


def faults() -> list[str]:
    """What is wrong with the catalogue that is kept."""
    now = merged()
    found = [f"no Chinese: {text}" for text in untranslated(now)]
    if (FOLDER / "django.po").read_bytes() != as_po(now):
        found.append("the sources say something else than the catalogue: run make messages")
    if (FOLDER / "django.mo").read_bytes() != as_mo(known()):
        found.append("the compiled catalogue is stale: run make messages")
    return found


def rewrite(fill: Path | None) -> list[str]:
    """Write both files; answers what still lacks its Chinese."""
    now = merged()
    lines = fill.read_text(encoding="utf-8").splitlines() if fill else []
    for english, chinese in (line.split("\t") for line in lines if line):
        message = now.get(english) or now.get(tuple(english.split("|")))
        if message is None:
            raise SystemExit(f"nobody says: {english}")
        message.string = (chinese,) if message.pluralizable else chinese
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "django.po").write_bytes(as_po(now))
    (FOLDER / "django.mo").write_bytes(as_mo(known()))
    return untranslated(now)


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    if "--check" in sys.argv:
        wrong = faults()
        print("\n".join(wrong))
        sys.exit(bool(wrong))
    print("\n".join(rewrite(Path(sys.argv[-1]) if "--fill" in sys.argv else None)))
