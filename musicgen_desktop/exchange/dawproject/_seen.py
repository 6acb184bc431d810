"""Elements that remember what of them was read, so that nothing of a file is lost in silence.

Whoever reads a file reads it as any tree; what `find`, `findall` and `iterfind` deliver and whatever has an
attribute asked for is read, and `mark_left_out` is for what a remark tells of. The rest is found by
`unread_parts`, whatever it is.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from ._schema import KINDS

_BITS = {name: 1 << bit for bit, name in enumerate(sorted({n for k in KINDS.values() for n in k.attributes}))}
_ALL = -1
_READ = 1 << len(_BITS)  # the element itself


class SeenElement(Element):
    """An element that remembers which of its attributes were asked for."""

    __slots__ = ("seen",)

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        super().__init__(tag, attributes)
        self.seen = 0

    def get(self, key: str, default: Any = None) -> Any:
        """As of any element; it and the attribute are read from now on."""
        self.seen |= _BITS.get(key, 0) | _READ
        return self.attrib.get(key, default)

    def find(self, path: str, namespaces: dict[str, str] | None = None) -> Any:
        """As of any element; what is found on the way is read from now on."""
        step, _, rest = path.partition("/")
        for found in self.iterfind(step, namespaces):
            if not rest:
                return found
            if (deeper := found.find(rest, namespaces)) is not None:
                return deeper
        return None

    def findall(self, path: str, namespaces: dict[str, str] | None = None) -> Any:
        """As of any element; all that are found are read from now on."""
        return [*self.iterfind(path, namespaces)]

    def iterfind(self, path: str, namespaces: dict[str, str] | None = None) -> Any:
        """As of any element; each is read once it is delivered."""
        step, _, rest = path.partition("/")
        for child in self:
            if child.tag == step:
                mark_read(child)
                if rest:
                    yield from child.iterfind(rest, namespaces)
                else:
                    yield child


class UnreadPart(NamedTuple):
    """An element or an attribute that nobody asked for.

    Attributes:
        what: such as “Foo” or “color of Marker”.
        where: the names of what it lies in, the nearest last; empty in the song itself.
    """

    what: str
    where: str


def mark_read(element: Element, *names: str) -> None:
    """Note that an element was understood, with these of its attributes."""
    if isinstance(element, SeenElement):
        for name in names:
            element.seen |= _BITS[name]
        element.seen |= _READ


def mark_left_out(element: Element | None) -> None:
    """Note that a remark tells of an element: neither it nor what lies in it is looked for any more."""
    if isinstance(element, SeenElement):
        element.seen = _ALL


def unread_parts(root: Element) -> Iterator[UnreadPart]:
    """What nobody asked for and no remark told of, in the order of the file.

    An element that nobody asked for stands for all that lies in it. What means nothing is passed over: what
    says the same as a default, what serves the program that wrote it, and what is told elsewhere.
    """
    names = {each.attrib["id"]: each.attrib.get("name", "") for each in root.iter() if "id" in each.attrib}
    yield from _unread(root, (), names)


def _unread(element: Element, around: tuple[str, ...], names: dict[str, str]) -> Iterator[UnreadPart]:
    seen = element.seen if isinstance(element, SeenElement) else _ALL
    if seen == _ALL:
        return
    own = element.attrib.get("name") or names.get(element.attrib.get("track", ""), "")
    place = around if not own or own in around[-1:] else (*around, own)
    where = ", ".join(place[-2:])
    if not seen & _READ:
        if not _means_nothing(element):
            yield UnreadPart(element.tag, where)
        return
    if element.text is not None:  # blanks between elements are none
        yield UnreadPart(f"text in {element.tag}", where)
    for name, value in element.attrib.items():
        if not seen & _BITS.get(name, 0) and not _says_nothing(element.tag, name, value):
            yield UnreadPart(f"{name} of {element.tag}", where)
    for child in element:
        yield from _unread(child, place, names)


_OF_PROGRAMS = frozenset({"id", "loaded", "min", "max", "parameterID", "pluginVersion", "deviceVendor"})
"""Attributes that serve the program that wrote them, wherever they stand."""

_UNNAMED = frozenset(
    {
        "Lanes",
        "Clips",
        "Notes",
        "Points",
        "Audio",
        "Warps",
        "Send",
        "TempoAutomation",
        "TimeSignatureAutomation",
    }
) | frozenset({"Volume", "Pan", "Mute", "Tempo", "TimeSignature", "Enabled", "Enable"})
"""Things that nobody knows by their names."""

_USUAL = {
    ("Channel", "audioChannels"): (1.0, 2.0),
    ("Note", "rel"): (0.0, 0.5, 64 / 127, 100 / 127, 1.0),
    ("Clip", "fadeInTime"): (0.0,),
    ("Clip", "fadeOutTime"): (0.0,),
}
"""Numbers that say nothing: what programs write when nobody chose one."""

_TOLD_ELSEWHERE = frozenset(
    {
        ("Clip", "fadeTimeUnit"),
        ("Clip", "reference"),  # of a clip that has its content with it
        ("Audio", "timeUnit"),
    }
)


def _says_nothing(tag: str, name: str, value: str) -> bool:
    if not value.strip() or name in _OF_PROGRAMS or name.startswith(("xmlns", "xsi:")):
        return True
    if (tag, name) in _TOLD_ELSEWHERE or (name == "name" and tag in _UNNAMED):
        return True
    usual = _USUAL.get((tag, name), ())
    return any(abs(_number(value, -1.0) - each) < 1e-4 for each in usual)


def _means_nothing(element: Element) -> bool:
    """Elements that are there for order's sake, and a balance in the middle."""
    if len(element) or (element.text or "").strip():
        return False
    if element.tag == "Pan" and element.attrib.keys() <= KINDS["Pan"].attributes.keys():
        middle = 0.0 if element.attrib.get("unit") == "linear" else 0.5
        return _number(element.attrib.get("value", ""), middle) == middle
    return not element.attrib.keys() - {"id", "name", "track", "timeUnit"}


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default
