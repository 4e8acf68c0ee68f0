"""What edits and derivations cost, measured beside hand-written code and beside other engines on the same formulas."""
