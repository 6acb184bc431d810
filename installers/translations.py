"""Keeps the translations of the window up to date.

    python installers/translations.py

collects every text of the window into `resources/translations/*.ts` and compiles what is translated there
into the `*.qm` beside it. Texts are translated with Qt Linguist (`pyside6-linguist`), or in the file itself.
English has a file too, for its plurals: “%n clip(s)” becomes “1 clip” and “2 clips” by itself.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from window_texts import WindowText, window_texts

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
TOOLS = Path(sys.executable).parent


def code() -> list[Path]:
    """Every file that may hold a text of the window."""
    return sorted((ROOT / "musicgen_desktop" / "ui").rglob("*.py"))


def collect(file: Path, texts: Iterable[WindowText]) -> None:
    """Bring the texts of the code into a .ts file; translations of texts that are gone go too."""
    tree = ET.parse(file)  # noqa: S314 - our own file
    known: dict[WindowText, ET.Element] = {}
    for context in tree.iter("context"):
        for message in context.iter("message"):
            source, is_counted = message.findtext("source", ""), message.get("numerus") == "yes"
            translation = message.find("translation")
            if translation is not None:
                known[WindowText(context.findtext("name", ""), source, is_counted)] = translation
    root = tree.getroot()
    for context in root.findall("context"):
        root.remove(context)
    contexts: dict[str, ET.Element] = {}
    for text in sorted(texts, key=lambda text: text.context):  # within a context as the code has them
        if text.context not in contexts:
            contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[text.context], "name").text = text.context
        message = ET.SubElement(contexts[text.context], "message")
        ET.SubElement(message, "source").text = text.source
        if text.is_counted:
            message.set("numerus", "yes")
        message.append(known[text] if text in known else _untranslated(text))
    write(tree, file)


def _untranslated(text: WindowText) -> ET.Element:
    translation = ET.Element("translation", type="unfinished")
    for _ in range(2 if text.is_counted else 0):
        ET.SubElement(translation, "numerusform")
    return translation


def write(tree: "ET.ElementTree[ET.Element]", file: Path) -> None:
    """Write a .ts file with the layout of Qt Linguist."""
    ET.indent(tree, "    ")
    body = ET.tostring(tree.getroot(), "unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def fill_english(file: Path) -> None:
    """Write the plurals of English, whose texts say them already."""
    tree = ET.parse(file)  # noqa: S314 - our own file
    for message in tree.iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        if translation is None:
            continue
        forms = translation.findall("numerusform")
        for form, ending in zip(forms, ("", r"\1"), strict=True):
            form.text = re.sub(r"\((\w+)\)", ending, source)
        translation.attrib.pop("type", None)
    write(tree, file)


def compile_texts(file: Path, target: Path) -> None:
    """Make the .qm that the window loads."""
    # Qt reads the file by mapping it: one that is written over kills a window that runs.
    new = target.with_suffix(".qm.new")
    subprocess.run([str(TOOLS / "pyside6-lrelease"), "-silent", str(file), "-qm", str(new)], check=True)
    new.replace(target)


def main() -> int:
    """All languages that there are."""
    texts = window_texts(code())
    for file in sorted(FOLDER.glob("*.ts")):
        if file.stem == "en":
            collect(file, [text for text in texts if text.is_counted])
            fill_english(file)
        else:
            collect(file, texts)
        compile_texts(file, file.with_suffix(".qm"))
        unfinished = file.read_text("utf-8").count('type="unfinished"')
        print(f"{file.name}: {unfinished} texts to be translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
