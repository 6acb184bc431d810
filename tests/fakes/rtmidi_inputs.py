"""python-rtmidi with one kind of system, whose inputs may be taken by others, as on Windows."""


class RtmidiInputs:
    """What `rtmidi_module` gives back.

    Args:
        names: of all inputs.
        taken: of those that do not open.
    """

    API_LINUX_ALSA, API_UNIX_JACK, API_MACOSX_CORE, API_WINDOWS_MM = range(4)

    class RtMidiError(Exception):
        pass

    def __init__(self, *names, taken=()):
        self.names, self.taken = list(names), set(taken)

    def get_compiled_api(self):
        return [self.API_MACOSX_CORE, self.API_WINDOWS_MM]

    def MidiIn(self, _api, name=""):  # noqa: N802 - as it is called there
        del name
        return _Input(self)


class _Input:
    def __init__(self, module):
        self._module = module

    def get_ports(self):
        return self._module.names

    def ignore_types(self, **_kinds):
        pass

    def set_callback(self, _callback):
        pass

    def cancel_callback(self):
        pass

    def open_port(self, number, name=""):
        del name
        if self._module.names[number] in self._module.taken:
            raise self._module.RtMidiError("error opening the port")

    def close_port(self):
        pass

    def delete(self):
        pass
