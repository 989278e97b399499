"""Reads JSON lines: one flat object per line, whose values become the texts that a CSV file would hold."""

from __future__ import annotations

import json
import re
from typing import Any

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say
from pipelines.staging.table import Record, Table, is_blank
from pipelines.staging.text_file import lines_of

OBJECT = re.compile(r'\s*\{\s*("|\}|$)', re.MULTILINE)
ARRAY = re.compile(r"\s*\[\s*(\{|\[|\]|$)", re.MULTILINE)
MOST_COLUMNS = 2_000


class Number(str):
    """A number as it is written, which no reader has rounded yet."""


def looks_like(text: str) -> bool:
    return bool(OBJECT.match(text) or ARRAY.match(text))


def read(text: str, file: str) -> Table:
    """A key that a line lacks is an empty cell. Raises SourceError where no line can be read."""
    if ARRAY.match(text):
        raise SourceError(
            say("{file}: this is one JSON list; write one object per line (JSON lines), without the list", file=file)
        )
    lines = lines_of(text)
    written = {line: _object(content) for line, content in enumerate(lines, start=1) if content.strip()}
    names = _names([row for row in written.values() if isinstance(row, dict)], file)
    first, found = next(iter(written.items()))
    if not names:
        why = found if isinstance(found, Text) else say("an object without values")
        raise SourceError(
            say(
                "{file}, line {line}: {why}; write one object per line (JSON lines)",
                file=file, line=str(first), why=why,
            )
        )  # fmt: skip
    return _table(written, names, lines)


def _table(written: dict[int, dict[str, Any] | Text], names: list[str], lines: list[str]) -> Table:
    records: list[Record] = []
    broken: dict[int, Text] = {}
    faults: dict[tuple[int, int], Text] = {}
    for line in list(written):
        row = written.pop(line)  # a large file would else be in memory twice
        if isinstance(row, Text):
            broken[line] = row
            records.append(Record(line, line, []))
            continue
        fields = [_text(row.get(name)) for name in names]
        faults |= {(line, at): _nested() for at, name in enumerate(names) if isinstance(row.get(name), dict | list)}
        if not is_blank(fields):
            records.append(Record(line, line, fields))
    return Table(
        header=Record(1, 1, names), records=records, blank=len(lines) - len(records), physical_lines=len(lines),
        lines=lines, broken=broken, faults=faults,
    )  # fmt: skip


def _names(rows: list[dict[str, Any]], file: str) -> list[str]:
    names = dict.fromkeys(name for row in rows for name in row)
    if len(names) > MOST_COLUMNS:
        raise SourceError(
            say("{file}: {count} different names; write the same names in every line", file=file, count=len(names))
        )
    return list(names)


def _object(line: str) -> dict[str, Any] | Text:
    try:
        found = json.loads(line, object_pairs_hook=_pairs, parse_int=Number, parse_float=Number, parse_constant=Number)
    except _Repeated as error:
        return say("the name “{name}” stands twice in the object; keep one", name=str(error)[:40])
    except (ValueError, RecursionError):
        return say("this line is not a whole JSON object; write one object per line")
    if not isinstance(found, dict):
        return say("this line is not a whole JSON object; write one object per line")
    if not _is_text(line, found):
        return say("half a character or a NUL in the line; write it as UTF-8 text")
    return found


class _Repeated(ValueError):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        raise _Repeated(next(name for name, _ in pairs if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
    return found


def _is_text(line: str, found: dict[str, Any]) -> bool:
    """Only an escape can bring in what no text file holds."""
    if "\\u" not in line:
        return True
    everything = json.dumps(found, ensure_ascii=False)
    return "\\u0000" not in everything.replace("\\\\", "") and not re.search("[\ud800-\udfff]", everything)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _nested() -> Text:
    return say("a list or an object stands where one value must; write one name per value")
