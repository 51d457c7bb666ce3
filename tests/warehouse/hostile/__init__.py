"""Files that must not hurt, built byte by byte."""
