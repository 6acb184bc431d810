"""Whether a tree keeps to the format: order, attributes, ids that lead somewhere, files of the archive."""

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from ._schema import CONTENT_TYPES, ENUMS, KINDS, METADATA_FIELDS, Kind

_DOUBLE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN")
_INT = re.compile(r"[+-]?\d{1,10}")
_ID = re.compile(r"[^\W\d][\w.-]*")
_MOST_FAULTS = 50

_REFERENCES = {
    tag: names
    for tag, kind in KINDS.items()
    if (names := [name for name, of in kind.attributes.items() if of == "idref"])
}


def faults_of(root: Element, members: Collection[str] | None = None) -> tuple[str, ...]:
    """What of a tree the format forbids, at most the first fifty.

    Args:
        root: of `project.xml` or `metadata.xml`.
        members: the names in the archive; every file that is not external must be one. None asks no such
            thing.
    """
    found: list[str] = []
    for fault in _faults(root, members):
        found.append(fault)
        if len(found) == _MOST_FAULTS:
            break
    return tuple(found)


def is_inside(path: str) -> bool:
    """Whether the name of a file stays inside the archive on every platform."""
    parts = PurePosixPath(path).parts
    return (
        0 < len(path) <= 1_000
        and not any(letter in path for letter in "\0\\:")
        and not path.startswith(("/", "~"))
        and bool(parts)
        and ".." not in parts
    )


def _faults(root: Element, members: Collection[str] | None) -> Iterator[str]:
    if root.tag not in ("Project", "MetaData"):
        yield f"the root is {root.tag}"
    ids: set[str] = set()
    wanted: list[tuple[str, str]] = []
    for element in root.iter():
        kind = KINDS.get(element.tag)
        if kind is None:
            if element.tag not in METADATA_FIELDS:
                yield f"{element.tag} is unknown"
            continue
        if not _has_right_attributes(element.attrib, kind):
            yield from _faults_of_attributes(element, kind)
        yield from _faults_of_children(element, kind)
        own = element.attrib.get("id")
        if own is not None and "id" in kind.attributes:
            if own in ids:
                yield f"{element.tag}: two things have the id {own}"
            ids.add(own)
        wanted += _references(element)
        if element.tag in ("File", "State") and element.attrib.get("external") not in ("true", "1"):
            yield from _faults_of_file(element.attrib.get("path", ""), members)
    yield from (f"{where}: nothing has the id {id_}" for where, id_ in wanted if id_ not in ids)


def _references(element: Element) -> list[tuple[str, str]]:
    """(where, id) of what it points to."""
    tag, attributes = element.tag, element.attrib
    return [(f"{tag}/{name}", attributes[name]) for name in _REFERENCES.get(tag, ()) if name in attributes]


def _has_right_attributes(attributes: dict[str, str], kind: Kind) -> bool:
    """What holds for nearly every element, told without a generator for each: songs have 100 000 notes."""
    if not kind.required <= attributes.keys():
        return False
    for name, text in attributes.items():
        of = kind.attributes.get(name)
        if of != "text" and (of is None or not _is_of(of, text.strip())):
            return False
    return True


def _faults_of_attributes(element: Element, kind: Kind) -> Iterator[str]:
    if not kind.required <= element.attrib.keys():
        for name in sorted(kind.required - element.attrib.keys()):
            yield f"{element.tag} has no {name}"
    for name, text in element.attrib.items():
        of = kind.attributes.get(name)
        if of is None:
            yield f"{element.tag} has the unknown attribute {name}"
        elif of != "text" and not _is_of(of, text.strip()):
            yield f"{element.tag}/{name}: {text[:40]}"


def _is_of(kind: str, text: str) -> bool:
    match kind:
        case "double":
            return _DOUBLE.fullmatch(text) is not None
        case "int":
            return _INT.fullmatch(text) is not None and -(2**31) <= int(text) < 2**31
        case "bool":
            return text in ("true", "false", "1", "0")
        case "id" | "idref":
            return _ID.fullmatch(text) is not None
        case "contents":
            return CONTENT_TYPES.issuperset(text.split())
        case _:
            return text in ENUMS[kind].split()


def _faults_of_children(element: Element, kind: Kind) -> Iterator[str]:
    children = [child.tag for child in element]
    if not children and not kind.needs_parts:
        return
    at = 0
    for part in kind.parts:
        count = 0
        while at < len(children) and count < part.most and children[at] in part.names:
            at, count = at + 1, count + 1
        if count < part.least:
            yield f"{element.tag} lacks {' or '.join(sorted(part.names))}"
    if at < len(children):
        yield f"{element.tag}: {children[at]} stands where it may not"


def _faults_of_file(path: str, members: Collection[str] | None) -> Iterator[str]:
    if not is_inside(path):
        yield f"the file {path[:60]} lies outside the archive"
    elif members is not None and path not in members:
        yield f"the file {path[:60]} is not in the archive"
