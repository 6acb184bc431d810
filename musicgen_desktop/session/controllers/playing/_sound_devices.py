"""What sound cards there are, asked in a process of its own: broken drivers may take the asker with them."""

import queue

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.host import Devices, Event, ListDevices, PlaybackClient, Problem, Refused

_ANSWER_S = 20.0


def list_sound_devices() -> Devices:
    """All devices, the ways to them, and MIDI inputs.

    Raises:
        MusicgenDesktopError: when there is no sound system, or it does not answer.
    """
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = PlaybackClient(heard.put)
    try:
        client.start()
        client.send(ListDevices())
        while True:
            match heard.get(timeout=_ANSWER_S):
                case Devices() as devices:
                    return devices
                case Refused(sentence=sentence):
                    raise MusicgenDesktopError(sentence)
                case Problem():
                    raise MusicgenDesktopError(
                        "The sound system ended the process that asked it for its devices."
                    )
    except queue.Empty:
        raise MusicgenDesktopError(
            "The sound system does not answer; unplug a device that hangs, then try again."
        ) from None
    finally:
        client.close()
