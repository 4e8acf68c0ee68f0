"""Writes the pack `benchmarks/packs/adventurer` anew: `python -m benchmarks.formulas`."""

from benchmarks.formulas import adventurer
from benchmarks.formulas.brew import pack_text
from benchmarks.places import PACK

if __name__ == "__main__":
    (PACK / "adventurer.brew").write_text(pack_text(adventurer()), encoding="utf-8")
