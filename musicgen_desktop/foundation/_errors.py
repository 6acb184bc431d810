"""The two kinds of failure a person may read about."""


class MusicgenDesktopError(Exception):
    """The world failed (a file, a device, a process). Its text is one sentence for the user."""


class UserInputError(MusicgenDesktopError):
    """The user asked for something that cannot be; the sentence says what is wrong and how to mend it."""
