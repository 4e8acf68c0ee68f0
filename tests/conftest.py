"""What holds for all tests: the two Hypothesis profiles, chosen by HYPOTHESIS_PROFILE, and every edit verified."""

import os

from hypothesis import HealthCheck, settings

# The same bounded examples in every run, so that a red run is red for everybody.
settings.register_profile(
    "ci",
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# New examples in every run, and many of them: for a night, or a change of the engine.
settings.register_profile(
    "deep",
    max_examples=5000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# After every edit of every test, in processes of its own too, the document is derived in full and compared.
os.environ["RULECORE_VERIFY_EDITS"] = "1"
