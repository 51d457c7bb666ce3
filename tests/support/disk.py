"""A small disk that a test can fill."""

from __future__ import annotations

import os
import subprocess

import pytest


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs the right to mount one")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def leave(disk, size):
    """Fill the disk up to so many free bytes; answers what to remove again."""
    filler, told = disk / "filler", os.statvfs(disk)
    filler.write_bytes(bytes(max(0, told.f_bavail * told.f_frsize - size)))
    return filler
