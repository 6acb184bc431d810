import gc
import weakref

from musicgen_desktop.playback.speaker._jack_watch import JackWatch


def test_a_watch_that_is_closed_goes_away_without_the_collector():
    gc.disable()
    try:
        watch = JackWatch()
        gone = weakref.ref(watch)

        watch.close()
        del watch

        assert gone() is None
    finally:
        gc.enable()
