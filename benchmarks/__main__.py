"""Runs all benchmarks, prints their tables and writes them to the page: `python -m benchmarks`."""

from benchmarks.edit_costs import edit_tables
from benchmarks.places import PAGE
from benchmarks.report import machine, put
from benchmarks.sheet_costs import sheet_tables

if __name__ == "__main__":
    sections = {"machine": f"{machine()}.\n", "edits": edit_tables(), "sheet": sheet_tables()}
    for section, text in sections.items():
        print(text)
        put(PAGE, section, text)
