"""Bytes → a tree of elements. Whoever wrote them is not trusted: no document type, nothing endless."""

from typing import NoReturn
from xml.etree.ElementTree import Element
from xml.parsers import expat

from ._seen import SeenElement

MOST_XML_BYTES = 64 << 20
MOST_ELEMENTS = 120_000
_DEEPEST = 64
_LONGEST_ATTRIBUTE = 100_000
_MOST_TEXT = 1 << 20


class BadXmlError(ValueError):
    """The text is no XML, or more than anybody needs. Says what is wrong, continuing “it …”."""


def parse_xml(data: bytes) -> Element:
    """The root element; it and all in it remember what of them is read.

    A document type is refused whole: with it come entities, which stand for files or for gigabytes of text.

    Raises:
        BadXmlError: not well-formed, a document type, too large, too deep, or too many elements.
    """
    if len(data) > MOST_XML_BYTES:
        raise BadXmlError(f"has more than {MOST_XML_BYTES >> 20} MB of text")
    builder = _Builder()
    try:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = builder.start
        parser.EndElementHandler = builder.end
        parser.CharacterDataHandler = builder.text
        parser.Parse(data, True)  # noqa: FBT003 - expat's own way: this is the end
    except (expat.ExpatError, LookupError, UnicodeError) as error:
        raise BadXmlError("is damaged or cut off") from error
    if builder.root is None:
        raise BadXmlError("is empty")
    return builder.root


def _refuse_doctype(*_: object) -> NoReturn:
    raise BadXmlError("declares a document type, which no such file needs")


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._elements = 0
        self._characters = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise BadXmlError(f"has more than {MOST_ELEMENTS:,} elements; export it in parts")
        if len(self._open) >= _DEEPEST:
            raise BadXmlError(f"is nested more than {_DEEPEST} deep")
        if max(map(len, attributes.values()), default=0) > _LONGEST_ATTRIBUTE:
            raise BadXmlError("has an endless attribute")
        element = SeenElement(tag, attributes)
        if self._open:
            self._open[-1].append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        self._characters += len(text)
        if self._open and not text.isspace() and self._characters <= _MOST_TEXT:
            last = self._open[-1]
            last.text = (last.text or "") + text
