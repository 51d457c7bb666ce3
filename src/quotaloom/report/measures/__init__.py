"""Measures as people read them: a list, one of them, the page of reference, their figures."""
