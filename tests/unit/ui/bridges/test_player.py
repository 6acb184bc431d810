import pytest

from musicgen_desktop.session.commands import set_loop


@pytest.mark.parametrize(("enabled", "start"), [(True, 3840.0), (False, 0.0)])
def test_a_stopped_play_head_returns_at_once(bridges, enabled, start):
    bridges.project.ask(set_loop, 3840, 7680, enabled=enabled)
    bridges.player.locate(9000.0)

    bridges.player.return_to_start()

    assert bridges.player.tick == start
