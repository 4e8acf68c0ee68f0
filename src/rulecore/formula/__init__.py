"""Formulas: their types, their typed tree, and the ways to compute and to show it."""
