"""The version of rulecore, said once: to look it up among installed distributions costs more than a whole start."""

VERSION = "0.1.0"
