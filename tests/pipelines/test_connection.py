"""Ways out of the engine that reads the facts: none leads anywhere, on any connection that the program opens."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines import definitions
from pipelines.checking.kpi_query import tables
from pipelines.connection import SMALL, connected, one_database
from pipelines.gating import rows
from pipelines.measuring import facts
from pipelines.personal.pseudonyms import Pseudonyms
from pipelines.workspace import SetUp, make_workspace

HOUSE = Path(__file__).resolve().parents[2]
CANARY = "canary-7f3a"
canary_frame = pd.DataFrame({"secret": [CANARY]})
"""A variable of Python, which DuckDB reads by its name unless it is told not to."""

Connection = duckdb.DuckDBPyConnection

READING = [
    "from read_text('{out}/secret.txt')",
    "from read_blob('{out}/secret.txt')",
    "from read_csv('{out}/secret.txt', header = false)",
    "from read_csv_auto('{out}/secret.txt')",
    "from sniff_csv('{out}/secret.txt')",
    "from read_json('{out}/secret.json')",
    "from read_json_objects('{out}/secret.json')",
    "from read_parquet('{out}/secret.parquet')",
    "from parquet_scan('{out}/secret.parquet')",
    "from parquet_metadata('{out}/secret.parquet')",
    "from parquet_schema('{out}/secret.parquet')",
    "from parquet_kv_metadata('{out}/secret.parquet')",
    "from '{out}/secret.parquet'",
    "from '{out}/secret.txt'",
    "from read_text('{inside}/../out/secret.txt')",
    "from read_text('{inside}/./../out/*')",
    "from read_text('{inside}/link/secret.txt')",
    "from read_text('{inside}/link.txt')",
    "from read_text('file://{out}/secret.txt')",
    "from read_text(['{out}/secret.txt'])",
    "from glob('{out}/*')",
    "from read_text('/etc/passwd')",
    "from read_text('/proc/self/environ')",
    "from query('from read_text(''{out}/secret.txt'')')",
    "from query_table('canary_frame')",
    "from canary_frame",
    "select * from read_duckdb('{out}/secret.duckdb', table_name = 't')",
    "attach '{out}/secret.duckdb' as other",
    "attach '{out}/secret.duckdb' as other (read_only)",
    "import database '{out}'",
    "create table taken as from read_text('{out}/secret.txt')",
    "create view later as from read_text('{out}/secret.txt'); from later",
    "create macro reads(p) as table from read_text(p); from reads('{out}/secret.txt')",
    "prepare reads as from read_text($1); execute reads('{out}/secret.txt')",
    "create table t (a varchar); copy t from '{out}/secret.txt'; from t",
    "describe from read_csv('{out}/secret.txt')",
    "from read_csv('http://127.0.0.1:9/{canary}')",
    "from read_parquet('s3://bucket/{canary}.parquet')",
]
WRITING = [
    "copy (select 1) to '{out}/written.csv'",
    "copy (select 1 as a) to '{out}/written' (format parquet, partition_by (a))",
    "explain analyze copy (select 1) to '{out}/written.csv'",
    "copy (select 1) to '{inside}/../out/written.csv'",
    "copy (select 1) to '{inside}/link/written.csv'",
    "export database '{out}/written'",
    "attach '{out}/written.duckdb' as other",
    "create persistent secret s (type http)",
    "call enable_logging(storage = 'file', storage_path = '{out}')",
    "call enable_profiling(save_location = '{out}/written')",
    "pragma enable_profiling",
]
SETTING = [
    "set enable_external_access = true",
    "reset enable_external_access",
    "set allowed_directories = ['/']",
    "reset allowed_directories",
    "set allowed_paths = ['{out}/secret.txt']",
    "set lock_configuration = false",
    "reset lock_configuration",
    "set temp_directory = '{out}'",
    "set home_directory = '{out}'",
    "set extension_directory = '{out}'",
    "set secret_directory = '{out}'",
    "set profiling_output = '{out}/written'",
    "set log_query_path = '{out}/written'",
    "set custom_extension_repository = 'http://127.0.0.1:9'",
    "set allow_unsigned_extensions = true",
    "set python_enable_replacements = true",
    "set memory_limit = '1TB'",
    "pragma threads = 64",
    "install httpfs",
    "force install httpfs from 'http://127.0.0.1:9'",
    "load httpfs",
    "load '{out}/secret.duckdb_extension'",
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder within reach, and beside it one that is not, to which links lead."""
    places = tmp_path_factory.mktemp("places")
    inside, out = places / "inside", places / "out"
    inside.mkdir()
    out.mkdir()
    (inside / "link").symlink_to(out)
    (inside / "link.txt").symlink_to(out / "secret.txt")
    for name in ("secret.txt", "secret.json", "secret.duckdb_extension"):
        (out / name).write_text(f'{{"a": "{CANARY}"}}\n')
    pq.write_table(pa.table({"a": [CANARY]}), out / "secret.parquet")
    pq.write_table(pa.table({"order_id": ["ours"], "_line": [1]}), inside / "ours.parquet")
    with duckdb.connect(str(out / "secret.duckdb")) as connection:
        connection.execute(f"create table t as select '{CANARY}' as a")
    return places


@contextmanager
def reading(folder: Path) -> Iterator[Connection]:
    with connected([folder / "inside"]) as connection:
        yield connection


@contextmanager
def sharing(folder: Path) -> Iterator[Connection]:
    with one_database([folder / "inside", folder / "elsewhere"], size=1), reading(folder) as connection:
        yield connection


@contextmanager
def trying(folder: Path) -> Iterator[Connection]:
    with tables(definitions.sources(), HOUSE / "pipelines" / "models", []) as connection:
        yield connection


@contextmanager
def measuring(folder: Path) -> Iterator[Connection]:
    workspace = make_workspace(folder / "house", SetUp(organisation="A test"))
    with facts.opened(workspace, {}) as connection:
        yield connection


@contextmanager
def at_the_gate(folder: Path) -> Iterator[Connection]:
    with rows.of_files([folder / "inside" / "ours.parquet"], definitions.sources()["orders"]) as batch:
        yield batch.connection


@contextmanager
def naming(folder: Path) -> Iterator[Connection]:
    """The one that gives customers their pseudonyms."""
    pseudonyms = Pseudonyms(b"key")
    assert pseudonyms.of_all(pa.array(["a"])).to_pylist() == [pseudonyms.of("a")]
    yield pseudonyms._engine


@pytest.fixture(scope="module", params=[reading, sharing, trying, measuring, at_the_gate, naming])
def connection(request: pytest.FixtureRequest, places: Path) -> Iterator[Connection]:
    with request.param(places) as opened:
        yield opened


@pytest.mark.parametrize("statement", [*READING, *WRITING, *SETTING])
def test_there_is_no_way_out(connection: Connection, places: Path, statement: str) -> None:
    out = places / "out"
    before = {path: path.read_bytes() for path in out.iterdir()}
    asked = statement.format(inside=places / "inside", out=out, canary=CANARY)
    for way in (connection, connection.cursor()):
        with pytest.raises(duckdb.Error) as told:
            way.execute(asked).fetchall()
        assert CANARY not in str(told.value).replace(asked, "").replace(f"/{CANARY}", "")
    assert {path: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    "way",
    [
        lambda connection, out: connection.read_csv(f"{out}/secret.txt").fetchall(),
        lambda connection, out: connection.read_json(f"{out}/secret.json").fetchall(),
        lambda connection, out: connection.from_parquet(f"{out}/secret.parquet").fetchall(),
        lambda connection, out: connection.sql("from canary_frame").fetchall(),
        lambda connection, out: connection.sql("select 1").write_csv(f"{out}/written.csv"),
        lambda connection, out: connection.sql("select 1").write_parquet(f"{out}/written.parquet"),
        lambda connection, out: connection.install_extension("httpfs"),
        lambda connection, out: connection.load_extension(f"{out}/secret.duckdb_extension"),
    ],
    ids=range(8),
)
def test_there_is_none_by_way_of_python_either(
    connection: Connection, places: Path, way: Callable[[Connection, Path], object]
) -> None:
    before = sorted((places / "out").iterdir())
    with pytest.raises(duckdb.Error):
        way(connection, places / "out")
    assert sorted((places / "out").iterdir()) == before


def test_what_it_was_opened_for_can_be_read_and_written(places: Path) -> None:
    into = places / "inside" / "new.parquet"
    with reading(places) as connection:
        connection.execute(f"copy (from '{places}/inside/ours.parquet') to '{into}' (format parquet)")
        assert connection.execute(f"select order_id from '{into}'").fetchall() == [("ours",)]
        connection.register("handed_over", pa.table({"a": [1, 2]}))
        assert connection.execute("select sum(a) from handed_over").fetchall() == [(3,)]
    into.unlink()


def test_a_folder_is_reached_by_a_link_to_it_and_one_beside_it_of_a_longer_name_is_not(tmp_path: Path) -> None:
    for name in ("facts", "facts-of-others"):
        (tmp_path / name).mkdir()
        pq.write_table(pa.table({"a": [name]}), tmp_path / name / "a.parquet")
    (tmp_path / "link").symlink_to(tmp_path / "facts")
    with connected([tmp_path / "link"]) as connection:
        for way in ("facts", "link"):
            assert connection.execute(f"from '{tmp_path / way}/a.parquet'").fetchall() == [("facts",)]
        with pytest.raises(duckdb.PermissionException):
            connection.execute(f"from '{tmp_path}/facts-of-others/a.parquet'")


def databases(*folders: Path) -> str:
    """The connection's database by the folder that it puts things aside in: each has its own."""
    with connected(folders) as connection:
        return str(connection.execute("select current_setting('temp_directory')").fetchall()[0][0])


def test_small_work_shares_a_database_and_reaches_no_more_folders_by_it(tmp_path: Path) -> None:
    one, another, third = (tmp_path / name for name in ("one", "another", "one-more"))
    with one_database([one, another], size=SMALL):
        assert databases(one) == databases(another) == databases(one / "below", another)
        assert len({databases(one), databases(third), databases(one, third), databases(), databases()}) == 5
        with one_database([third], size=1):
            assert databases(third) == databases(third) != databases(one)
        assert databases(one) == databases(another)
    assert databases(one) != databases(one)
    with one_database([one], size=SMALL + 1):
        assert databases(one) != databases(one)


@pytest.mark.parametrize("way", ["shared", "pseudonyms"])
def test_what_one_connection_makes_no_other_sees(tmp_path: Path, way: str) -> None:
    with one_database([tmp_path], size=1), connected([tmp_path]) as one, connected([tmp_path]) as another:
        mine, other = (one, another) if way == "shared" else [Pseudonyms(key)._engine for key in (b"one", b"other")]
        mine.register("handed_over", pa.table({"a": [1]}))
        mine.execute("create temp table made as from handed_over; create temp view seen as from made")
        for name in ("handed_over", "made", "seen"):
            assert mine.execute(f"from {name}").fetchall() == [(1,)]
            with pytest.raises(duckdb.CatalogException):
                other.execute(f"from {name}")


def test_a_database_that_is_shared_ends_with_the_work_even_if_that_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), one_database([tmp_path], size=1):
        aside = databases(tmp_path)
        raise ZeroDivisionError
    assert not Path(aside).exists() and databases(tmp_path) != aside


def test_what_does_not_fit_into_the_memory_is_put_aside_and_taken_away_again(places: Path) -> None:
    with connected((), memory="60MB", threads=1) as connection:
        aside = connection.execute("select current_setting('temp_directory')").fetchall()[0][0]
        many = "select count(*) from (select distinct hash(i)::varchar || 'and more' from range(2000000) t(i))"
        assert connection.execute(many).fetchall() == [(2_000_000,)]
    assert aside and not Path(aside).exists()


def test_what_runs_away_can_be_stopped_and_what_is_too_much_is_refused() -> None:
    with connected((), memory="30MB", threads=1) as connection:
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.execute("select list(repeat('x', 1000) || i) from range(1000000) t(i)").fetchall()
        assert connection.execute("select 1").fetchall() == [(1,)]


def test_duckdb_is_opened_in_one_place() -> None:
    """A connection of one's own reads every file, and so does the one that the library keeps for everybody."""
    opening = {name for name in dir(duckdb) if callable(getattr(duckdb, name)) and name.islower()}
    wrong = {
        f"{path.relative_to(HOUSE)}:{node.lineno} duckdb.{node.attr}"
        for room in ("audit", "pipelines", "pages", "data", "app.py")
        for path in ([HOUSE / room] if room.endswith(".py") else (HOUSE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, path.name) != ("duckdb", "connection.py")
        and node.value.id == "duckdb"
        and node.attr in opening
    }
    assert wrong == set()


def test_and_nothing_of_it_is_imported_by_name() -> None:
    known = {"DuckDBPyConnection", "PythonUDFType"}
    taken = {
        f"{path.relative_to(HOUSE)}: {alias.name}"
        for room in ("audit", "pipelines", "pages", "data")
        for path in (HOUSE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "duckdb"
        for alias in node.names
        if alias.name not in known
    }
    assert taken == set()
