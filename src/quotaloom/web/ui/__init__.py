"""Page furniture: frame, amounts, wording, policies."""
