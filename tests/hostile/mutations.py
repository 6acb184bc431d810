"""Ways in which a file goes wrong, by chance or by intent; each takes a `random.Random`, so that every case
can be made again."""

import json
import string
import struct

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_ODD_NUMBERS = (-1, 0, 1, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 1e308, -1e308, 5e-324, 1e15, 0.1)
_ODD_TEXTS = ("", "\0", "☃", "../../x", "C:\\x", "a" * 5_000, "\ud7ff", "NaN", "1e999", "/", "true", "\u202e")
_ODD_WORDS = (
    *("true", "nan", "inf", "-inf", "-0.0", "0x7fffffffffffffff", "1e400"),
    *('""', "[]", "{}", "{ a = 1 }", "[1, 'a', { b = 2 }]", "[-1, 1e9]"),
    *("1979-02-30", "1979-05-27T07:32:00Z", "00:32:00", '"""', "'\\'", '"\\ud800"'),
    "1" * 5_000,  # longer than Python turns into a number at all
)


def other_bytes(data, dice, others=()):  # noqa: C901 - the ways a file goes wrong, one after another
    """A file with some of its bytes changed, lost, doubled, swapped for those of another, or cut off."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5, 9, 20))):
        if not changed:
            break
        # Half of all damage falls on the head, where sizes and counts stand.
        reach = len(changed) if dice.random() < 0.5 else min(len(changed), 200)
        at = dice.randrange(reach)
        length = dice.choice((1, 2, 4, 8, 30, 300, 3_000))
        match dice.randrange(9):
            case 0 | 1:
                changed[at] = dice.randrange(256)
            case 2:
                changed[at] ^= 1 << dice.randrange(8)
            case 3 | 4:
                number, form = dice.choice(_NUMBERS), dice.choice(("<I", ">I", "<H", ">H"))
                part = struct.pack(form, number & (0xFFFF if form[1] == "H" else 0xFFFFFFFF))
                changed[at : at + len(part)] = part
            case 5:
                del changed[at : at + length]
            case 6:
                changed[at:at] = changed[at : at + length]
            case 7:
                changed[at:at] = dice.randbytes(min(length, 300))
            case 8 if others:
                other = dice.choice(others)
                begin = dice.randrange(len(other))
                changed[at : at + length] = other[begin : begin + length]
    if dice.random() < 0.25:
        del changed[dice.randrange(len(changed) + 1) :]
    return bytes(changed)


def other_values(tree, dice):
    """A tree of dicts, lists and values with a few of them changed, lost, doubled or elsewhere; in place."""
    most = 2_000  # times a thing is doubled; once a file, or it grows without end
    for _ in range(dice.choice((1, 1, 1, 2, 4, 8))):
        places = [(holder, key) for holder in _holders(tree) for key in _keys(holder)]
        if not places:
            return tree
        holder, key = dice.choice(places)
        match dice.randrange(8):
            case 0 | 1 | 2:
                holder[key] = odd_value(dice, holder[key])
            case 3:
                del holder[key]
            case 4:
                other, name = dice.choice(places)
                holder[key] = json.loads(json.dumps(other.get(name) if isinstance(other, dict) else None))
            case 5 if isinstance(holder, list):
                holder[key:key] = [json.loads(json.dumps(holder[key]))] * dice.choice((1, 3, most))
                most = 3
            case 6 if isinstance(holder, dict):
                holder[odd_text(dice)] = holder.pop(key)
            case _:
                holder[key] = [holder[key]] if dice.random() < 0.5 else {"": holder[key]}
    return tree


def other_words(text, dice):
    """Lines of text with numbers, words, quotes and brackets of other kinds, or in another order."""
    lines = text.split("\n")
    for _ in range(dice.choice((1, 1, 1, 2, 4, 8))):
        at = dice.randrange(len(lines))
        line = lines[at]
        match dice.randrange(9):
            case 0:
                del lines[at : at + dice.choice((1, 1, 5))]
            case 1:
                lines[at:at] = [line] * dice.choice((1, 2, 300))
            case 2:
                other = dice.randrange(len(lines))
                lines[at], lines[other] = lines[other], line
            case 3 | 4 if "=" in line:
                lines[at] = f"{line.split('=')[0]}= {odd_word(dice)}"
            case 5 if any(letter.isdigit() for letter in line):
                digits = [place for place, letter in enumerate(line) if letter.isdigit()]
                place = dice.choice(digits)
                lines[at] = f"{line[:place]}{dice.choice(('', '-', '9', '.5', 'e9', 'x'))}{line[place + 1 :]}"
            case 6 if line:
                place = dice.randrange(len(line))
                lines[at] = f"{line[:place]}{dice.choice(string.punctuation)}{line[place + 1 :]}"
            case 7:
                lines[at] = f"[{odd_text(dice)[:50]}]"
            case _:
                lines.insert(at, f"{odd_text(dice)[:50]} = {odd_word(dice)}")
        if not lines:
            return ""
    return "\n".join(lines)


def odd_word(dice):
    """A value in the words of TOML, right or not."""
    deep = dice.choice((3, 100, 5_000))
    return dice.choice(
        (
            "[" * deep,
            "[" * deep + "]" * deep,
            "{ a = " * deep + "1" + " }" * deep,
            json.dumps(odd_text(dice)),
            str(dice.choice(_ODD_NUMBERS)),
            *_ODD_WORDS,
        )
    )


def odd_text(dice):
    """A word that nobody expects."""
    return dice.choice(_ODD_TEXTS)


def odd_value(dice, old):
    """Something else in the place of a value, often of its kind."""
    match dice.randrange(7):
        case 0 | 1 if isinstance(old, int | float) and not isinstance(old, bool):
            return dice.choice((-old, old + 1, old * 1_000_003, old / 3, -1))
        case 2:
            return odd_text(dice)
        case 3:
            return dice.choice((None, True, False, [], {}))
        case _:
            return dice.choice(_ODD_NUMBERS)


def _holders(tree):
    found, rest, known = [], [tree], set()
    while rest:
        each = rest.pop()
        if isinstance(each, dict | list) and id(each) not in known:
            known.add(id(each))
            found.append(each)
            rest += each.values() if isinstance(each, dict) else each
    return found


def _keys(holder):
    return list(holder) if isinstance(holder, dict) else range(len(holder))
