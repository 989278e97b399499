# Everything that the project needs on a machine is installed by these targets, into .venv.
VENV   := .venv
PYTHON := $(VENV)/bin/python
READY  := $(VENV)/.ready
DEMO   := data/workspaces/demo
ORACLES := .venv-oracles

# Many processes start here: what the first one compiles, the others need not.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test ready-to-test lint bench words browser servers spark java spark-test clean

run: $(READY)
	@test -n "$$CLAUSELIGHT_WORKSPACE" -o -f $(DEMO)/workspace.yaml || $(PYTHON) -m pipelines demo
	$(PYTHON) -m pages

test: ready-to-test
	$(PYTHON) -m pytest -n 2 --dist loadgroup

# Side by side, because most of it is waiting for what is fetched.
ready-to-test:
	@$(MAKE) --no-print-directory -j 4 $(READY) browser servers $(ORACLES)/.ready

lint: $(READY)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

# Measures speed and memory beside other ways and writes docs/performance.md: make bench SIZES="10000 1000000" ROUNDS=7
bench: $(READY)
	$(PYTHON) -m tests.bench $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS))

# Collects the words of the program and builds the catalogue that readers of Chinese see.
words: $(READY)
	$(PYTHON) -m audit.wording.build

# A real browser for the tests of pages; where none can be installed they are skipped and say so.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    (apt-get install -y --no-install-recommends chromium || (apt-get update && apt-get install -y --no-install-recommends chromium)) >/dev/null; \
	  else echo "no Chromium here: the browser tests will be skipped"; fi

# The servers that the tests start on this machine alone: the database of teams, the proxy before several programs, the
# provider that people sign in with, and the storage for facts.
PROVIDER := tests/browser/provider
S3       := .venv-s3
servers: $(PROVIDER)/node_modules $(S3)/.ready
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && command -v nginx >/dev/null || \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    (apt-get install -y --no-install-recommends postgresql nginx-light || (apt-get update && apt-get install -y --no-install-recommends postgresql nginx-light)) >/dev/null; \
	  else echo "no PostgreSQL or nginx here: the tests with them will be skipped"; fi

# What this machine trusts besides, such as the certificate of a firm's own network; Node alone would not look there.
$(PROVIDER)/node_modules: export NODE_EXTRA_CA_CERTS ?= $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-bundle.crt /etc/ssl/cert.pem))
$(PROVIDER)/node_modules: $(PROVIDER)/package-lock.json | browser
	@command -v npm >/dev/null || \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    (apt-get install -y --no-install-recommends nodejs npm || (apt-get update && apt-get install -y --no-install-recommends nodejs npm)) >/dev/null; fi
	@if command -v npm >/dev/null; then \
	    npm ci --prefix $(PROVIDER) --omit=dev --no-audit --no-fund --silent && touch $@; fi; \
	  test -d $@ || echo "no Node here, or no packages for it: the tests of the sign-in will be skipped"

# Apache Spark, for figures of facts that outgrow one machine: an environment of its own, beside Java.
SPARK := .venv-spark
spark: $(SPARK)/.ready java

java:
	@command -v java >/dev/null || test -x "$$JAVA_HOME/bin/java" || \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    (apt-get install -y --no-install-recommends openjdk-17-jre-headless || (apt-get update && apt-get install -y --no-install-recommends openjdk-17-jre-headless)) >/dev/null; fi; \
	  command -v java >/dev/null || test -x "$$JAVA_HOME/bin/java" || echo "no Java here: Apache Spark cannot run"

# Holds the figures of Spark against those of DuckDB.
spark-test: $(READY) spark
	@if command -v java >/dev/null || test -x "$$JAVA_HOME/bin/java"; then $(PYTHON) -m pytest tests/spark; \
	  else echo "the figures were not held against Apache Spark, which needs Java"; fi

$(SPARK)/.ready: pipelines/spark/requirements.txt set_up.sh
	@sh set_up.sh $(SPARK) pipelines/spark/requirements.txt
	@touch $@

# In an environment of its own: what it needs does not go with what the program needs.
$(S3)/.ready: tests/storage/requirements.txt set_up.sh
	@sh set_up.sh $(S3) tests/storage/requirements.txt && touch $@ || \
	  echo "no packages for an S3-compatible server here: the tests with it will be skipped"

# Other people's implementations, which the tests hold our methods against.
$(ORACLES)/.ready: tests/oracles/requirements.txt set_up.sh
	@sh set_up.sh $(ORACLES) tests/oracles/requirements.txt && touch $@ || \
	  echo "no packages of other implementations here: the tests that need them will be skipped"

$(READY): requirements.txt set_up.sh
	@sh set_up.sh $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) $(SPARK) .pytest_cache .mypy_cache .ruff_cache
