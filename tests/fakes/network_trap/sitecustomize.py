"""Python loads this at its start when the folder is on PYTHONPATH: a process and its children are trapped."""

import network_trap

network_trap.set_trap()
