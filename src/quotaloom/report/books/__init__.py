"""A reconciliation with finance as a table on the terminal and as a workbook."""
