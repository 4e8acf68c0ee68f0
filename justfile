# `just` lists the targets; each is one line of `./run` or of a tool in .venv.
set shell := ["bash", "-euc"]

[private]
default:
    @just --list

# Every check, as CI runs them
check:
    ./run test

# The tests; further words go to pytest: `just test -k armor`
test *arguments: setup
    .venv/bin/pytest --numprocesses=2 --dist=loadgroup {{arguments}}

# The tests without the slow ones
quick *arguments: setup
    .venv/bin/pytest --numprocesses=2 --dist=loadgroup -m "not slow" {{arguments}}

# The tests with many more generated examples
deep *arguments: setup
    HYPOTHESIS_PROFILE=deep .venv/bin/pytest --numprocesses=2 --dist=loadgroup {{arguments}}

# Put the source in shape
format: setup
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# What edits and derivations cost beside hand-written code and other engines: prints the tables and writes docs/benchmarks.md
bench: setup
    .venv/bin/python -c "import reaktiv, signified" 2>/dev/null || .venv/bin/pip install --quiet --no-build-isolation --editable ".[bench]"
    .venv/bin/python -m benchmarks

# The site, while it is written
docs: setup
    .venv/bin/mkdocs serve

# Write requirements.lock anew from pyproject.toml
lock: setup
    .venv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

# The release notes that the fragments in docs/changes would make
changes: setup
    .venv/bin/towncrier build --draft

[private]
setup:
    @./run setup
