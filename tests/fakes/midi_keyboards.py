"""MIDI inputs without a MIDI system: plugged in, played and pulled out by the test."""

from musicgen_desktop.playback.live import MidiEvent, MidiPort, MidiPortLostError, NoSuchMidiPortError


class Keyboards:
    """`there` and `open_input` are what `MidiInputs` asks."""

    def __init__(self, *names, system="fake"):
        self.names = list(names)
        self.system = system
        self.opened = {}
        self.broken = set()

    def there(self):
        return tuple(MidiPort(self.system, name) for name in self.names)

    def open_input(self, port, hear):
        assert port.name not in self.opened, "Windows opens an input once"
        if port.name in self.broken:
            raise NoSuchMidiPortError(port.name, [])
        made = self.opened[port.name] = _Input(self, port, hear)
        return made

    def send(self, name, *data):
        self.opened[name].send(bytes(data))


class _Input:
    def __init__(self, keyboards, port, hear):
        self._keyboards, self._port, self._hear = keyboards, port, hear
        self._down = []

    def send(self, data):
        if data[0] & 0xF0 == 0x90:
            self._down.append(data)
        self._hear(MidiEvent(0.0, data))

    def neighbours(self):
        return self._keyboards.there()

    def check(self):
        if self._port.name not in self._keyboards.names:
            self.close()
            raise MidiPortLostError(self._port.name)

    def let_go(self):
        down, self._down = self._down, []
        for data in down:
            self._hear(MidiEvent(0.0, bytes((data[0] - 0x10, data[1], 64))))

    def close(self):
        self.let_go()
        self._keyboards.opened.pop(self._port.name, None)
