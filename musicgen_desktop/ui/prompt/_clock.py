"""Times of jobs in words."""

from PySide6.QtCore import QCoreApplication


def time_passed(seconds: float) -> str:
    """“7 s”, “2:05”."""
    whole = int(seconds)
    if whole < 60:
        return QCoreApplication.translate("JobTimes", "{seconds} s").format(seconds=whole)
    return f"{whole // 60}:{whole % 60:02}"


def time_left(seconds: float) -> str:
    """“3 s left”; a little too much rather than too little."""
    return QCoreApplication.translate("JobTimes", "{time} left").format(
        time=time_passed(max(1.0, seconds + 0.9))
    )
