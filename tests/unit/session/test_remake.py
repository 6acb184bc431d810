import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import Remake
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.session.controllers.remake import with_remade_bars


def test_the_remade_bars_come_from_the_new_take_and_remember_how(a_take):
    project = project_of_take(a_take(pitch=40))

    remade = with_remade_bars(project, a_take(pitch=43), Remake(("bass",), 1, 1, seed=9))

    assert [note.pitch for note in remade.tracks[0].clips[0].notes] == [43]
    assert remade.takes[-1].request["remake"] == {"stems": ["bass"], "first_bar": 1, "last_bar": 1, "seed": 9}
    assert remade.takes[0] == project.takes[0]


def test_bars_in_which_a_stem_rests_are_refused(a_take):
    project = project_of_take(a_take(pitch=40))
    later = a_take(pitch=43)

    with pytest.raises(UserInputError, match="nothing plays in bass; choose bars in which it does"):
        with_remade_bars(project, later, Remake(("bass",), 2, 2, seed=9))
