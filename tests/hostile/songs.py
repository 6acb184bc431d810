"""DAWprojects that were changed by chance: their elements, their words, their archives."""

import copy
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from musicgen_desktop.exchange.dawproject._xml import parse_xml
from tests.hostile.mutations import other_bytes

_SAMPLES = Path(__file__).parents[1] / "unit" / "exchange" / "dawproject" / "samples"
_ODD = (
    *("-1", "0", "0.001", "1e9", "1e308", "nan", "", "true", "beats", "seconds", "master", "☃"),
    *("99999999999", "4", "1e-9", "../x", "audio/loop.wav", "-0.5", "hold", "linear", "tracks"),
)
_MEMBERS = ("audio/loop.wav", "Audio/gtr.wav", "plugins/s.clap-preset", "plugins/e.vstpreset")


def samples():
    """The songs of other programs that the tests know, as bytes of their `project.xml`."""
    return [path.read_bytes() for path in sorted(_SAMPLES.glob("*.xml"))]


def odd_song(dice, songs):
    """One of these songs as an archive, with something wrong in it."""
    text = dice.choice(songs)
    if dice.random() < 0.75:
        text = ET.tostring(other_elements(parse_xml(text), dice))
    elif dice.random() < 0.5:
        text = other_bytes(text, dice, songs)
    archive = archive_of({"project.xml": text, **dict.fromkeys(_MEMBERS, b"sound")}, dice.choice((0, 0, 8)))
    return other_bytes(archive, dice, [archive]) if dice.random() < 0.15 else archive


def archive_of(members, compression=zipfile.ZIP_DEFLATED):
    """The bytes of an archive with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def other_elements(root, dice):
    """A tree with a few elements gone, doubled, or elsewhere, and attributes with other values; in place."""
    for _ in range(dice.randint(1, 8)):
        elements = [*root.iter()]
        element, other = dice.choice(elements), dice.choice(elements)
        match dice.randrange(7):
            case 0 if len(element):
                element.remove(dice.choice(list(element)))
            case 1 if len(element):
                element.append(copy.deepcopy(dice.choice(list(element))))
            case 2 if not any(each is other for each in element.iter()):
                other.append(copy.deepcopy(element))
            case 3 if other.attrib:
                name, value = dice.choice([*other.attrib.items()])
                element.set(name, value)
            case 4 if len(element) > 1:
                children = list(element)
                dice.shuffle(children)
                element[:] = children
            case 5:
                element.tag = dice.choice((other.tag, "x", "Clips", "Lanes", "Points", "Warps"))
            case _ if element.attrib:
                element.set(dice.choice([*element.attrib]), dice.choice(_ODD))
    return root
