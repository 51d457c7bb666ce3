"""What people take away: sentences, workbooks, files."""
