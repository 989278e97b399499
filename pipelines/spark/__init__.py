"""The figures computed on Apache Spark, in a process and an environment of its own, over the same files."""
