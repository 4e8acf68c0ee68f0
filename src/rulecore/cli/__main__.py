"""Runs the command as `python -m rulecore.cli`."""

import sys

from rulecore.cli import main

if __name__ == "__main__":
    sys.exit(main())
