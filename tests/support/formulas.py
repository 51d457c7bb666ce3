"""A small spreadsheet: the formulas of a workbook, computed again with exact fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import openpyxl
from openpyxl.utils import range_boundaries

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*)|(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<sheet>'(?:[^']|'')*'!)?(?P<ref>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"""
    r"""|(?P<name>[A-Z]+(?=\())|(?P<sign>>=|<=|<>|[-+*/(),=<>]))"""
)


class Sheets:
    """All cells of a workbook; ``value`` computes formulas, ``cached`` is what the file says."""

    def __init__(self, path, changed=None):
        formulas = openpyxl.load_workbook(path)
        values = openpyxl.load_workbook(path, data_only=True)
        self.raw = {ws.title: _cells(ws) for ws in formulas}
        self.cached = {ws.title: _cells(ws) for ws in values}
        self.known = {}
        for (sheet, cell), value in (changed or {}).items():
            self.raw[sheet][cell] = value

    def formulas(self):
        """Sheet, address and text of every formula."""
        for sheet, cells in self.raw.items():
            for cell, text in cells.items():
                if isinstance(text, str) and text.startswith("\0="):
                    yield sheet, cell, text[1:]

    def value(self, sheet, cell):
        """The value of a cell: a Fraction, a text, or None where it is empty."""
        if (sheet, cell) not in self.known:
            raw = self.raw[sheet].get(cell)
            is_formula = isinstance(raw, str) and raw.startswith("\0=")
            self.known[sheet, cell] = (
                Parser(self, sheet, raw[2:]).whole() if is_formula else exact(raw)
            )
        return self.known[sheet, cell]


def _cells(ws):
    """Formulas are marked with a NUL, so that a text that looks like one is not taken for it."""
    return {
        cell.coordinate: f"\0{cell.value}" if cell.data_type == "f" else cell.value
        for row in ws.iter_rows()
        for cell in row
        if cell.value is not None
    }


def exact(value):
    """A stored number as the fraction that its shortest text says."""
    return Fraction(Decimal(repr(value))) if isinstance(value, int | float) else value


class Parser:
    """Computes one formula. A range is a list."""

    def __init__(self, sheets, sheet, text):
        self.sheets, self.sheet, self.text = sheets, sheet, text
        self.tokens = self._tokens(text)
        self.at = 0

    def _tokens(self, text):
        found, at = [], 0
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, f"cannot read {text!r} from {at}"
            found.append((match.lastgroup, match))
            at = match.end()
        return found

    def whole(self):
        value = self.compared()
        assert self.at == len(self.tokens), self.text
        return value

    def sign(self, *wanted):
        if self.at < len(self.tokens):
            kind, match = self.tokens[self.at]
            if kind == "sign" and match["sign"] in wanted:
                self.at += 1
                return match["sign"]
        return None

    def compared(self):
        left = self.added()
        while sign := self.sign(">", ">=", "<=", "=", "<", "<>"):
            right = self.added()
            left = compare(left, sign, right)
        return left

    def added(self):
        left = self.multiplied()
        while sign := self.sign("+", "-"):
            left = each(left, self.multiplied(), 1 if sign == "+" else -1)
        return left

    def multiplied(self):
        left = self.single()
        while sign := self.sign("*", "/"):
            right = self.single()
            left = left * right if sign == "*" else left / right
        return left

    def single(self):
        kind, match = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Fraction(match["number"])
        if kind == "text":
            return match["text"][1:-1]
        if kind == "ref":
            return self.reference(match["sheet"], match["ref"])
        if kind == "name":
            return self.call(match["name"])
        assert match["sign"] in "(-+", self.text
        if match["sign"] in "-+":
            return self.single() * (-1 if match["sign"] == "-" else 1)
        value = self.compared()
        assert self.sign(")"), self.text
        return value

    def reference(self, sheet, ref):
        title = sheet[1:-2].replace("''", "'") if sheet else self.sheet
        plain = ref.replace("$", "")
        if ":" not in plain:
            return self.sheets.value(title, plain)
        left, top, right, bottom = range_boundaries(plain)
        return [
            self.sheets.value(title, f"{openpyxl.utils.get_column_letter(column)}{row}")
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]

    def call(self, name):
        assert self.sign("("), self.text
        if name == "IF":
            return self.branch()
        given = [self.compared()]
        while self.sign(","):
            given.append(self.compared())
        assert self.sign(")"), self.text
        return FUNCTIONS[name](*given)

    def branch(self):
        """IF computes only what it needs: the other side may divide by zero."""
        holds = self.compared()
        assert self.sign(","), self.text
        first = self.compared() if holds else self.skip()
        assert self.sign(","), self.text
        second = self.skip() if holds else self.compared()
        assert self.sign(")"), self.text
        return first if holds else second

    def skip(self):
        depth = 0
        while True:
            kind, match = self.tokens[self.at]
            sign = match["sign"] if kind == "sign" else ""
            if depth == 0 and sign and sign in ",)":
                return
            depth += (sign == "(") - (sign == ")")
            self.at += 1


def each(left, right, factor):
    if isinstance(left, list):
        return [number(a) + factor * number(b) for a, b in zip(left, right, strict=True)]
    return number(left) + factor * number(right)


def number(value):
    return Fraction(0) if value is None else value


def numbers(*given):
    flat = [one for value in given for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, Fraction)]


def compare(left, sign, right):
    left, right = number(left), number(right)
    if isinstance(left, str) != isinstance(right, str):
        return {"=": False, "<>": True}.get(sign, isinstance(left, str) == (sign in (">", ">=")))
    return {
        ">": left > right,
        ">=": left >= right,
        "<": left < right,
        "<=": left <= right,
        "=": left == right,
        "<>": left != right,
    }[sign]


def rounded(value, places):
    if isinstance(value, list):
        return [rounded(one, places) for one in value]
    scaled = abs(number(value)) * 10 ** int(places)
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if number(value) >= 0 else -whole, 10 ** int(places))


def sum_if(keys, wanted, amounts):
    test = (lambda key: key > 0) if wanted == ">0" else (lambda key: key == wanted)
    pairs = zip(keys, amounts, strict=True)
    return sum(
        numbers(*(a for key, a in pairs if isinstance(key, Fraction) and test(key))), Fraction(0)
    )


FUNCTIONS = {
    "SUM": lambda *given: sum(numbers(*given), Fraction(0)),
    "SUMIF": sum_if,
    "SUMPRODUCT": lambda values: sum(numbers(values), Fraction(0)),
    "ABS": lambda value: [abs(one) for one in value] if isinstance(value, list) else abs(value),
    "ROUND": rounded,
    "N": lambda value: value if isinstance(value, Fraction) else Fraction(0),
    "AND": lambda *given: all(given),
    "OR": lambda *given: any(given),
}
