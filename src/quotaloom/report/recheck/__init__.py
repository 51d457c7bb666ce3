"""An output read again: every sum in it that no longer holds, by its cells."""
