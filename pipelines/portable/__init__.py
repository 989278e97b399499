"""Which SQL gives the same figures on DuckDB and on Apache Spark, and what to write instead of the rest."""
