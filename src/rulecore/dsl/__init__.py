"""Brew, the language of packs: text to tree, tree to checked and typed rules, and back to text."""
