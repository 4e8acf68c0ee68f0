"""All who take part: each keeps the same 746 values, and brings all of them up to date after each edit."""
