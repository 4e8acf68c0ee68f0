"""The nouns: what a ruleset consists of, what a character consists of, and what is told about them."""
