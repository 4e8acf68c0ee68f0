"""From formulas to code: each field of one structure as an expression over numbered slots, with all that it may read."""
