"""A few hundred of the payloads that `make fuzz` sends a hundred thousand of."""

from tests.fuzz.run import fuzz


def test_no_payload_breaks_anything_takes_long_or_changes_what_it_may_not() -> None:
    found = fuzz(300, seed=1)
    assert found.is_well, found.summary()
    assert found.sent == 300
