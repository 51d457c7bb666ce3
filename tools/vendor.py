"""Fetch the vendored files that the manifest names, and write their digests beside them.

`python tools/vendor.py` needs the npm client; `--check` only compares the digests.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from functools import cache
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src/quotaloom/web/ui/static/ui/vendor"
SUMS = VENDOR / "SHA256SUMS"


@cache
def unpacked(package: str, version: str) -> Path:
    """The folder of an npm package, fetched once."""
    folder = Path(tempfile.mkdtemp())
    asked = ["npm", "pack", f"{package}@{version}", "--silent"]
    name = subprocess.run(asked, cwd=folder, check=True, capture_output=True, text=True).stdout
    with tarfile.open(folder / name.strip()) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def sprite(folder: Path, icons: list[str]) -> str:
    """One svg with a symbol an icon."""
    parts = []
    for name in sorted(icons):
        text = (folder / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
        if inner is None:
            raise ValueError(f"{name} is no svg")
        shapes = " ".join(inner[1].split())
        parts.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>\n'


def fetch() -> None:
    """All files of the manifest, then their digests."""
    manifest = tomllib.loads((VENDOR / "manifest.toml").read_text(encoding="utf-8"))
    for one in manifest["file"]:
        target = VENDOR / one["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((unpacked(one["package"], one["version"]) / one["from"]).read_bytes())
    for one in manifest["sprite"]:
        text = sprite(unpacked(one["package"], one["version"]), one["icons"])
        (VENDOR / one["to"]).write_text(text, encoding="utf-8")
    SUMS.write_text("".join(f"{s}  {n}\n" for n, s in sums().items()), encoding="utf-8")


def sums() -> dict[str, str]:
    """The digest of every file of the folder but the manifest and the list itself."""
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file())
    named = {path.relative_to(VENDOR).as_posix(): path for path in files}
    left_out = {"manifest.toml", SUMS.name}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in named.items()
        if name not in left_out
    }


def stated() -> dict[str, str]:
    """The digests that the list states."""
    lines = SUMS.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if sums() == stated() else "vendored files differ from SHA256SUMS")
    fetch()
