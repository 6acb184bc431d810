"""The language of the window: English as written in the code, others from `resources/translations`."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from musicgen_desktop.foundation import resources_folder


def languages() -> tuple[str, ...]:
    """The tags that can be chosen: English, and every shipped translation."""
    return tuple(sorted({"en", *(file.stem for file in (resources_folder() / "translations").glob("*.qm"))}))


def speak(application: QCoreApplication, tag: str = "") -> str:
    """Let the window speak a language; to be called before the first widget is made.

    Args:
        application: keeps the translation.
        tag: such as “de”; empty for the system's language.

    Returns:
        The tag of what is spoken now: English when there is no such translation.
    """
    locale = QLocale(tag) if tag else QLocale.system()
    language = locale.name().partition("_")[0]
    if language not in languages():
        locale, language = QLocale("en"), "en"
    ours = QTranslator(application)
    if ours.load(str(resources_folder() / "translations" / f"{language}.qm")):
        application.installTranslator(ours)
    if language == "en":  # its file has the plurals; all else is English already
        return language
    # Qt's own words: the buttons of its dialogs, the menus of its text fields.
    qts = QTranslator(application)
    if qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qts)
    QLocale.setDefault(locale)
    return language
