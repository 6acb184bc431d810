"""Live connections to other programs and machines: notes to MIDI ports, and clocks both ways."""
