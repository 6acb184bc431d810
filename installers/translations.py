"""Keeps the translations of the window up to date.

    python installers/translations.py

collects every text of the window into `resources/translations/*.ts` and compiles what is translated there
into the `*.qm` beside it. Texts are translated with Qt Linguist (`pyside6-linguist`), or in the file itself.
English has a file too, for its plurals: “%n clip(s)” becomes “1 clip” and “2 clips” by itself.
"""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
TOOLS = Path(sys.executable).parent


def sources() -> list[str]:
    """Every file that may hold a text of the window, from the root of the checkout."""
    files = sorted((ROOT / "musicgen_desktop" / "ui").rglob("*.py"))
    return [file.relative_to(ROOT).as_posix() for file in files]


def collect(file: Path) -> None:
    """Bring the texts of the code into a .ts file; translations of texts that are gone go too."""
    options = ["-no-obsolete", "-locations", "none", "-silent"]
    if file.stem == "en":
        options.append("-pluralonly")
    command = [str(TOOLS / "pyside6-lupdate"), *options, *sources(), "-ts", str(file)]
    subprocess.run(command, cwd=ROOT, check=True)


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
    tree.write(file, "utf-8", xml_declaration=True)


def compile_texts(file: Path, target: Path) -> None:
    """Make the .qm that the window loads."""
    subprocess.run([str(TOOLS / "pyside6-lrelease"), "-silent", str(file), "-qm", str(target)], check=True)


def main() -> int:
    """All languages that there are."""
    for file in sorted(FOLDER.glob("*.ts")):
        collect(file)
        if file.stem == "en":
            fill_english(file)
        compile_texts(file, file.with_suffix(".qm"))
        unfinished = file.read_text("utf-8").count('type="unfinished"')
        print(f"{file.name}: {unfinished} texts to be translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
