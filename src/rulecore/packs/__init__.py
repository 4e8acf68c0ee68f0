"""Packs: where they are found, in which order they stand, and the ruleset they make."""
