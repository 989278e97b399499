"""The gate's engines, one scan of DuckDB or Great Expectations itself, and each expectation as a sentence."""
