"""What is raised carries what is wrong."""

from rulecore.errors import CircularReading, FieldError, NeedsDecision, Refused, RulecoreError
from rulecore.finding import Finding


def test_an_error_shows_its_findings():
    error = Refused("nothing was changed", [Finding("value.type", "text is expected")])
    assert isinstance(error, RulecoreError)
    assert str(error).splitlines() == ["nothing was changed", "error: text is expected [value.type]"]


def test_a_field_error_is_a_key_error_that_reads_well():
    error = FieldError("there is no field `x`", "y")
    assert isinstance(error, KeyError)
    assert (str(error), error.nearest) == ("there is no field `x`", "y")


def test_a_decision_that_is_missing_names_its_options():
    assert NeedsDecision("which one?", ["a", "b"]).options == ("a", "b")


def test_a_circle_is_written_out():
    assert str(CircularReading(["a", "b", "a"])) == "a value needs itself: a <- b <- a"
