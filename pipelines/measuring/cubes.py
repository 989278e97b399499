"""Rows of a fact added up by slices and dimensions, and these added up again for each grouping, in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.measuring.added import combined, parts_of
from pipelines.measuring.groups import dimensions, member
from pipelines.measuring.passes import Pass
from pipelines.sql import literal, name


def cubes(all_: Sequence[Pass]) -> str:
    """The rows of the fact added up by slices and dimensions at once: of every pass, because reading them is dear."""
    parts = {text: sql for one in all_ for a in one.aggregates for text, sql in parts_of(a, one.types).items()}
    keys = {key: sql for one in all_ for key, sql in one.numbered.items()}
    dims = {column: sql for one in all_ for column, sql in one.members.items()}
    sets = [", ".join(map(name, [*one.numbered, *one.members])) for one in all_]
    return f"""
        select {", ".join(map(name, [*keys, *dims]))}, grouping({", ".join(map(name, keys))}) as pass,
            {", ".join(f"{sql} as {name(text)}" for text, sql in parts.items())}
        from (select *, {", ".join([*keys.values(), *dims.values()])} from {all_[0].source})
        group by grouping sets ({", ".join(f"({columns})" for columns in sets)})"""


def _number(one: Pass, all_: Sequence[Pass]) -> int:
    """By which the cube of a pass is told from those of others: a bit for each key that it lacks."""
    every = list(dict.fromkeys(key for each in all_ for key in each.keys))
    return sum((key not in one.keys) << at for at, key in enumerate(reversed(every)))


def margins(one: Pass, all_: Sequence[Pass]) -> str:
    """The cube of a pass added up for each grouping."""
    parts = {
        text: again for aggregate in one.aggregates for text, again in combined(aggregate, one.types).parts.items()
    }
    keys = [name(key) for key in one.keys]
    columns = [*keys, *_which(one.groupings), *(f"{again} as {name(text)}" for text, again in parts.items())]
    return f"""select {", ".join(columns)} from _cubes where pass = {_number(one, all_)}
               group by {_sets(keys, one.groupings)}"""


def _which(wanted: Sequence[str]) -> Iterator[str]:
    """Of a row of grouping sets: by what it is grouped, and the name of its group."""
    grouped = sorted(wanted, key=lambda grouping: -len(dimensions(grouping)))
    for column, told in (("dimension", literal), ("member", lambda grouping: member(grouping, "by "))):
        cases = " ".join(f"when {_grouped(one)} then {told(one)}" for one in grouped if one)
        yield f"case {cases} else '' end as {column}" if cases else f"'' as {column}"


def _grouped(grouping: str) -> str:
    return " and ".join(f"grouping({name(f'by {one}')}) = 0" for one in dimensions(grouping))


def _sets(keys: Sequence[str], wanted: Sequence[str]) -> str:
    sets = [", ".join([*keys, *(name(f"by {one}") for one in dimensions(grouping))]) for grouping in wanted]
    return f"grouping sets ({', '.join(f'({columns})' for columns in sets)})"
