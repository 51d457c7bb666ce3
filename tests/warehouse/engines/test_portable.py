"""One expression, the same whole numbers from each engine; what would differ is refused."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import ibis
import polars as pl
import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.measures.expression import Aggregate, walk
from quotaloom.cycle.measures.known import measures
from quotaloom.warehouse.engines.embedded import embedded
from quotaloom.warehouse.engines.portable import COMPILERS, NotPortable, sql
from quotaloom.warehouse.engines.postgres import postgres
from quotaloom.warehouse.measures.evaluate import Question, evaluate
from quotaloom.warehouse.measures.query import Grain, added, counted, plain
from tests.support.postgres import cluster
from tests.warehouse.measures.world import facts_of

T = ibis.table({"a": "int64", "b": "int64", "d": "date", "s": "string"}, name="t")


@cache
def formulas():
    """Every measure of the house, and each derivation of bookings, written out."""
    told = measures()
    codes = [one.code for one in told.definitions.values() if one.group != "any"]
    codes += [f"booked.{one.code}" for one in told.definitions.values() if one.group == "any"]
    return {code: told.written_out(told.find(code)) for code in codes}


def queries():
    """Every expression that the dictionary asks of an engine."""
    nodes = (node for formula in formulas().values() for node in walk(formula))
    aggregates = dict.fromkeys(one for one in nodes if isinstance(one, Aggregate))
    known = measures().sources
    grain = Grain(("region",), until=date(2026, 6, 30), within=(("region", ("华东",)),))
    for one in aggregates:
        yield added([one], grain, known) if plain(one) else counted(one, grain, known)


@pytest.mark.parametrize("dialect", COMPILERS)
def test_every_measure_compiles_for_every_dialect(dialect):
    texts = [sql(query, dialect) for query in queries()]
    assert len(texts) > 30
    assert not [text for text in texts if "FLOOR" in text or "ROUND" in text]


@pytest.mark.parametrize(
    ("expression", "strange"),
    [
        (T.select(x=T.a / T.b), "Divide"),
        (T.select(x=T.a // T.b), "FloorDivide"),
        (T.select(x=T.a % T.b), "Modulus"),
        (T.select(x=T.a.cast("float64")), "Cast"),
        (T.select(x=T.d.strftime("%Y-%m")), "Strftime"),
        (T.agg(x=T.a.mean()), "Mean"),
        (T.agg(x=T.a.approx_median()), "ApproxMedian"),
        (T.agg(x=T.s.arbitrary()), "Arbitrary"),
    ],
)
def test_what_engines_answer_each_in_its_own_way_is_refused(expression, strange):
    with pytest.raises(NotPortable, match=strange):
        sql(expression, "duckdb")


@pytest.fixture(scope="module")
def url():
    """A PostgreSQL of these tests' own."""
    with cluster() as server:
        yield server.url().replace("postgres://", "postgresql://")


def answers(engine, files):
    """All measures by region and month, by year, and as a whole."""
    told = measures()
    quota = pl.DataFrame({"region": ["华东"], "date": [date(2025, 3, 1)], "quota": [10**9]})
    found = []
    for asked in (
        {"keys": ("region",), "time": "month", "quota": quota},
        {"time": "year", "until": date(2026, 6, 30), "within": {"region": ("华东", "未归属")}},
        {},
    ):
        codes = tuple(formulas()) if "quota" in asked else tuple(measures().definitions)[:40]
        regioned = tuple(
            code for code in codes if "satisfaction" not in code and "stock" not in code
        )
        question = Question(codes=regioned, files=files, **asked)
        found.append(evaluate(question, told, engine))
    return found


def test_postgresql_answers_as_duckdb_does_to_the_fen(tmp_path, url):
    files = facts_of(tmp_path)
    with embedded() as engine:
        here = answers(engine, files)
    with postgres(url) as engine:
        there = answers(engine, files)
    for one, other in zip(here, there, strict=True):
        assert one.frame.height > 1 or one.frame["period"].to_list() == [""]
        assert one.frame.equals(other.frame)
        assert one.findings == other.findings
    figures = here[0].frame.drop("region", "period")
    assert figures["ordered"].sum() != 0
    assert figures["booked.attainment"].drop_nulls().len() == 1


@pytest.mark.parametrize("engine", [lambda _: embedded(), postgres], ids=["duckdb", "postgres"])
def test_a_sum_beyond_64_bits_is_refused(engine, tmp_path, url):
    path = tmp_path / "x.parquet"
    pl.DataFrame({"date": [date(2025, 1, 1)] * 3, "amount": [2**62] * 3}).write_parquet(path)
    question = Question(codes=("booked",), files={"contracts": (path,)})
    with engine(url) as one, pytest.raises(DataRefused) as caught:
        evaluate(question, measures(), one)
    assert caught.value.findings[0].code == "measure.sum_large"


HOSTILE = """
[[measure]]
code = "hostile"
names = ["甲", "a"]
meanings = ["乙", "b"]
formula = {formula}
kind = "additive"
counts = "count"
owner = "x"
"""


@pytest.mark.parametrize("text", ["x' OR 1=1 --", '" ; DROP TABLE contracts', "%\\"])
@pytest.mark.parametrize("engine", [lambda _: embedded(), postgres], ids=["duckdb", "postgres"])
def test_texts_of_formulas_stay_texts(engine, text, tmp_path, url):
    path = tmp_path / "x.parquet"
    pl.DataFrame({"date": [date(2025, 1, 1)], "type": ["x"]}).write_parquet(path)
    formula = f"count(contracts, where=contracts.type == {text!r})"
    told = measures(HOSTILE.format(formula=json.dumps(formula)))
    question = Question(codes=("hostile",), files={"contracts": (path,)})
    with engine(url) as one:
        assert evaluate(question, told, one).frame["hostile"].to_list() == [0]


def test_a_harmed_file_is_refused(tmp_path):
    path = tmp_path / "facts.parquet"
    path.write_bytes(b"PAR1 no more")
    question = Question(codes=("booked",), files={"contracts": (path,)})
    with embedded() as one, pytest.raises(DataRefused) as caught:
        evaluate(question, measures(), one)
    assert caught.value.findings[0].code == "batch.unreadable"
