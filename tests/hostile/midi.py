"""Standard MIDI Files that break the rules of their own accord."""

import struct

_USUAL = bytes.fromhex("00ff5103 07a120 00ff5804 04021808 00903c64 8360 803c00 00ff2f00".replace(" ", ""))


def odd_file(dice):
    """A head, often an odd one, and tracks of events in which anything goes."""
    tracks = [_track(dice) for _ in range(dice.choice((0, 1, 1, 2, 3, 17)))]
    kind, count, division, size = 1, len(tracks), 480, 6
    if dice.random() < 0.3:
        kind = dice.choice((0, 1, 2, 9, 0xFFFF))
        count = dice.choice((len(tracks), 0, 1, 0xFFFF))
        division = dice.choice((96, 960, 1, 0, 0x7FFF, 0xE728, 0x8000))
        size = dice.choice((6, 6, 0, 5, 7, 0x7FFFFFFF, 0xFFFFFFFF))
    return struct.pack(">4sIHHH", b"MThd", size, kind, count, division) + b"".join(tracks)


def _track(dice):
    events = b"".join(_event(dice) for _ in range(dice.choice((0, 1, 5, 30, 200))))
    if dice.random() < 0.7:
        events = _USUAL[:-4] + events
    if dice.random() < 0.8:
        events += _USUAL[-4:]
    length = len(events)
    if dice.random() < 0.1:
        length = dice.choice((0, length - 1, length + 9, 0x7FFFFFFF, 0xFFFFFFFF))
    name = b"MTrk" if dice.random() < 0.95 else dice.choice((b"XFIH", b"MThd"))
    return name + struct.pack(">I", length & 0xFFFFFFFF) + events


def _event(dice):  # noqa: C901, PLR0911 - a list of events
    time = _amount(dice.choice((0, 0, 1, 120, dice.randrange(1 << 14))))
    if dice.random() < 0.01:
        time = _amount(0x0FFFFFFF)
    elif dice.random() < 0.002:
        time = b"\xff" * dice.choice((4, 5, 9))  # an amount that does not end
    low = dice.randrange(128)
    match dice.choices(range(9), (6, 4, 2, 2, 0.1, 0.1, 0.3, 0.3, 2))[0]:
        case 0:
            return time + bytes((0x90 | dice.randrange(16), low, dice.randrange(128)))
        case 1:
            return time + bytes((0x80 | dice.randrange(16), low, 0))
        case 2:  # running status, often without one
            return time + bytes((low, dice.randrange(128)))
        case 3:
            return time + bytes((dice.choice((0xA0, 0xB0, 0xC0, 0xD0, 0xE0)), low, dice.randrange(128)))
        case 4:  # a data byte that is none
            return time + bytes((0x90, dice.randrange(256), dice.randrange(256)))
        case 5:  # system messages have no place in a file
            return time + bytes((dice.randrange(0xF1, 0xFF),))
        case 6:
            data = dice.randbytes(dice.randrange(20))
            return time + b"\xf0" + _amount(dice.choice((len(data), 0, 0x0FFFFFFF))) + data
        case 7:
            return time + _meta(dice, right=0.5)
        case _:
            return time + _meta(dice, right=0.995)


def _meta(dice, right):
    kind = dice.choice(
        (0x00, 0x01, 0x03, 0x06, 0x20, 0x21, 0x2F, 0x51, 0x54, 0x58, 0x59, 0x7F, dice.randrange(256))
    )
    sizes = {0x00: 2, 0x20: 1, 0x21: 1, 0x2F: 0, 0x51: 3, 0x54: 5, 0x58: 4, 0x59: 2}
    length = sizes.get(kind, dice.randrange(12)) if dice.random() < right else dice.randrange(300)
    told = length if dice.random() < right else dice.choice((0, length + 1, 0x0FFFFFFF))
    return bytes((0xFF, kind)) + _amount(told) + dice.randbytes(length)


def _amount(value):
    """A number in seven bits a byte."""
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))
