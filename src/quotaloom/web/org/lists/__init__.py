"""Lists of members and people out of files: read, compared with what is there, written whole."""
