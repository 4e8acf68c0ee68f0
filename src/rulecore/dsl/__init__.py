"""Brew, in which packs are written: text to tree, tree to checked and typed rules, and back to text."""
