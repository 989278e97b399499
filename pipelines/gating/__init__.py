"""The gate's engines: one scan of DuckDB for the usual expectations, Great Expectations itself for all others."""
