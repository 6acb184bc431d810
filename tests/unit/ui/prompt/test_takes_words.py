"""What the list of a take's numbers says."""

import pytest

from musicgen_desktop.ui.prompt.takes._words import _value


@pytest.mark.parametrize(("error", "said"), [(-0.0, "0 %"), (0.0, "0 %"), (-0.25, "−0.25 %")])
def test_nothing_is_never_less_than_nothing(error, said):
    assert _value("tempo_error_percent", error) == said
