"""Each finding code in Chinese and English, one module a part of the house."""
