"""Who is asked for devices and ports."""

from collections.abc import Callable

from musicgen_desktop.session.controllers.live_midi import MidiPorts
from musicgen_desktop.session.controllers.playing import DeviceList

DevicesLoader = Callable[[], DeviceList]
PortsLoader = Callable[[], MidiPorts]
