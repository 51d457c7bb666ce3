"""The workbench: living plans are edited here, whoever asks."""
