import msgspec
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import Effect
from musicgen_desktop.session.controllers._project_of_take import project_of_take


@pytest.mark.parametrize(
    ("effect", "says"),
    [(Effect("wobble", {}), "wobble"), (Effect("reverb", {"wet": 7.0}), "wet must lie between")],
)
def test_an_effect_that_a_style_writes_wrongly_is_refused_in_a_sentence(a_take, effect, says):
    take = msgspec.structs.replace(a_take(), master=(effect,))

    with pytest.raises(UserInputError, match=says):
        project_of_take(take)
