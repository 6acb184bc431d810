"""How long ago something was, in words."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

translate = QCoreApplication.translate


def when_words(opened: str, now: datetime | None = None) -> str:
    """“5 minutes ago”, “yesterday”, “3 days ago”, then the date.

    Args:
        opened: ISO 8601.
        now: this moment, unless given.
    """
    then = datetime.fromisoformat(opened)
    then = then.replace(tzinfo=UTC) if then.tzinfo is None else then
    now = now or datetime.now(UTC)
    past = now - then
    if past < timedelta(minutes=1):
        return translate("When", "just now")
    if past < timedelta(hours=1):
        return translate("When", "%n minute(s) ago", "", past // timedelta(minutes=1))
    days = (now.astimezone().date() - then.astimezone().date()).days
    if days == 0 or past < timedelta(hours=6):
        return translate("When", "%n hour(s) ago", "", past // timedelta(hours=1))
    if days == 1:
        return translate("When", "yesterday")
    if days < 14:
        return translate("When", "%n day(s) ago", "", days)
    date = then.astimezone().date()
    return QLocale().toString(QDate(date.year, date.month, date.day), QLocale.FormatType.ShortFormat)
