"""What to write instead of what differs between DuckDB and Spark, for what people are likeliest to try."""

from __future__ import annotations

from sqlglot import exp

INSTEAD: dict[type[exp.Expr], str] = {
    exp.DayOfWeek: "counts days of the week differently; write date_diff('day', date '1900-01-01', …) % 7, Monday is 0",
    exp.DayOfWeekIso: "is turned into a wrong day; write date_diff('day', date '1900-01-01', …) % 7, Monday is 0",
    exp.Log: "is to base 10 on DuckDB and natural on Spark; reckon without a logarithm",
    exp.Ln: "is NULL, NaN or infinite at 0 and below; reckon without a logarithm",
    exp.PercentileDisc: "is unknown to Spark; write percentile_cont(…) within group (order by …)",
    exp.Skewness: "is corrected for small samples on DuckDB alone; leave it out",
    exp.Kurtosis: "is corrected for small samples on DuckDB alone; leave it out",
    exp.RegexpReplace: "replaces the first match on DuckDB and all on Spark; use lower(…), trim(…) or like",
    exp.RegexpLike: "reads patterns differently; use like",
    exp.RegexpExtract: "reads patterns differently; use like or substring(…, 1, 3)",
    exp.RegexpFullMatch: "reads patterns differently; use like",
    exp.SimilarTo: "is unknown to Spark; use like",
    exp.ILike: "folds letters differently; write lower(…) like '…'",
    exp.Upper: "folds letters differently; write lower(…)",
    exp.ArrayAgg: "keeps NULL on DuckDB alone; count or sum instead",
    exp.GroupConcat: "joins in the order in which rows are read; count instead",
    exp.Floor: "differs where there is no number; write round(…)",
    exp.Ceil: "differs where there is no number; write round(…)",
    exp.TryCast: "gives NULL for what cannot be read; declare the column's kind in its contract",
    exp.AtTimeZone: "depends on a time zone; facts hold times of one zone",
    exp.UnixToTime: "is read differently; write epoch(…)",
    exp.Mode: "picks any of several that are equally frequent; count each instead",
    exp.ArgMax: "picks any of several that are equal; use max(…), or row_number() in a model",
    exp.ArgMin: "picks any of several that are equal; use min(…), or row_number() in a model",
    exp.First: "depends on the order in which rows are read; use min(…) or max(…)",
    exp.Last: "depends on the order in which rows are read; use min(…) or max(…)",
    exp.AnyValue: "depends on the order in which rows are read; use min(…) or max(…)",
    exp.IgnoreNulls: "depends on the order in which rows are read; use min(…) or max(…)",
    exp.Rand: "gives another figure each time; leave it out",
    exp.Exists: "asks another query; join in a model",
    exp.Intersect: "is not known to be the same; join in a model",
    exp.Except: "is not known to be the same; join in a model",
    exp.ToDays: "is an interval; add a whole number of days to a date",
}
FUNCTIONS = {
    "date_sub": "counts whole spans; write date_diff('day', …) of two dates",
    "datesub": "counts whole spans; write date_diff('day', …) of two dates",
    "mad": "is unknown to Spark; leave it out",
    "product": "is unknown to Spark; leave it out",
    "entropy": "is unknown to Spark; leave it out",
    "histogram": "is unknown to Spark; count each instead",
    "geomean": "is unknown to Spark; leave it out",
    "fsum": "is unknown to Spark; write sum(cast(… as decimal(28, 4)))",
    "favg": "is unknown to Spark; write avg(…)",
    "strlen": "is unknown to Spark; write length(…)",
    "hash": "differs; leave it out",
}
OTHERWISE = "is not among what is known to be the same on DuckDB and Spark; docs/spark.md lists what is"


def instead(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return FUNCTIONS.get(node.name.lower(), OTHERWISE)
    return next((words for kind, words in INSTEAD.items() if isinstance(node, kind)), OTHERWISE)
