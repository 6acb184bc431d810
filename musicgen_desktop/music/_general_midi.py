"""General MIDI level 1: names of the 128 programs and of the drums."""

from musicgen_desktop.foundation import UserInputError

from ._pitch import quoted

_FAMILIES: dict[str, tuple[str, ...]] = {
    "Piano": (
        "Acoustic Grand Piano", "Bright Acoustic Piano", "Electric Grand Piano", "Honky-tonk Piano",
        "Electric Piano 1", "Electric Piano 2", "Harpsichord", "Clavinet",
    ),
    "Chromatic Percussion": (
        "Celesta", "Glockenspiel", "Music Box", "Vibraphone",
        "Marimba", "Xylophone", "Tubular Bells", "Dulcimer",
    ),
    "Organ": (
        "Drawbar Organ", "Percussive Organ", "Rock Organ", "Church Organ",
        "Reed Organ", "Accordion", "Harmonica", "Tango Accordion",
    ),
    "Guitar": (
        "Acoustic Guitar (nylon)", "Acoustic Guitar (steel)", "Electric Guitar (jazz)",
        "Electric Guitar (clean)", "Electric Guitar (muted)", "Overdriven Guitar",
        "Distortion Guitar", "Guitar Harmonics",
    ),
    "Bass": (
        "Acoustic Bass", "Electric Bass (finger)", "Electric Bass (pick)", "Fretless Bass",
        "Slap Bass 1", "Slap Bass 2", "Synth Bass 1", "Synth Bass 2",
    ),
    "Strings": (
        "Violin", "Viola", "Cello", "Contrabass",
        "Tremolo Strings", "Pizzicato Strings", "Orchestral Harp", "Timpani",
    ),
    "Ensemble": (
        "String Ensemble 1", "String Ensemble 2", "Synth Strings 1", "Synth Strings 2",
        "Choir Aahs", "Voice Oohs", "Synth Voice", "Orchestra Hit",
    ),
    "Brass": (
        "Trumpet", "Trombone", "Tuba", "Muted Trumpet",
        "French Horn", "Brass Section", "Synth Brass 1", "Synth Brass 2",
    ),
    "Reed": (
        "Soprano Sax", "Alto Sax", "Tenor Sax", "Baritone Sax",
        "Oboe", "English Horn", "Bassoon", "Clarinet",
    ),
    "Pipe": (
        "Piccolo", "Flute", "Recorder", "Pan Flute",
        "Blown Bottle", "Shakuhachi", "Whistle", "Ocarina",
    ),
    "Synth Lead": (
        "Lead 1 (square)", "Lead 2 (sawtooth)", "Lead 3 (calliope)", "Lead 4 (chiff)",
        "Lead 5 (charang)", "Lead 6 (voice)", "Lead 7 (fifths)", "Lead 8 (bass + lead)",
    ),
    "Synth Pad": (
        "Pad 1 (new age)", "Pad 2 (warm)", "Pad 3 (polysynth)", "Pad 4 (choir)",
        "Pad 5 (bowed)", "Pad 6 (metallic)", "Pad 7 (halo)", "Pad 8 (sweep)",
    ),
    "Synth Effects": (
        "FX 1 (rain)", "FX 2 (soundtrack)", "FX 3 (crystal)", "FX 4 (atmosphere)",
        "FX 5 (brightness)", "FX 6 (goblins)", "FX 7 (echoes)", "FX 8 (sci-fi)",
    ),
    "Ethnic": (
        "Sitar", "Banjo", "Shamisen", "Koto",
        "Kalimba", "Bagpipe", "Fiddle", "Shanai",
    ),
    "Percussive": (
        "Tinkle Bell", "Agogo", "Steel Drums", "Woodblock",
        "Taiko Drum", "Melodic Tom", "Synth Drum", "Reverse Cymbal",
    ),
    "Sound Effects": (
        "Guitar Fret Noise", "Breath Noise", "Seashore", "Bird Tweet",
        "Telephone Ring", "Helicopter", "Applause", "Gunshot",
    ),
}  # fmt: skip

GM_FAMILIES: tuple[str, ...] = tuple(_FAMILIES)
"""The 16 families of 8 programs each, in order."""

GM_PROGRAMS: tuple[str, ...] = tuple(name for names in _FAMILIES.values() for name in names)
"""The 128 program names; the index is the program number as MIDI sends it, from 0."""

_SYNONYMS: dict[str, int] = {
    "piano": 0, "grand piano": 0, "acoustic piano": 0, "upright piano": 1, "bright piano": 1,
    "honky tonk": 3, "electric piano": 4, "e-piano": 4, "epiano": 4, "rhodes": 4, "wurlitzer": 4,
    "wurli": 4, "fm piano": 5, "dx piano": 5, "clav": 7, "clavi": 7, "keys": 4,
    "glock": 9, "bells": 14, "vibes": 11, "vibraphone": 11, "mallets": 12,
    "organ": 16, "hammond": 16, "hammond organ": 16, "jazz organ": 17, "pipe organ": 19,
    "guitar": 25, "nylon guitar": 24, "classical guitar": 24, "spanish guitar": 24,
    "acoustic guitar": 25, "steel guitar": 25, "jazz guitar": 26, "electric guitar": 27,
    "clean guitar": 27, "muted guitar": 28, "palm mute": 28, "overdrive guitar": 29,
    "distorted guitar": 30, "heavy guitar": 30,
    "bass": 33, "upright bass": 32, "double bass": 32, "bass guitar": 33, "electric bass": 33,
    "finger bass": 33, "pick bass": 34, "picked bass": 34, "slap bass": 36, "synth bass": 38,
    "harp": 46, "pizzicato": 45, "tremolo": 44,
    "strings": 48, "string section": 48, "orchestra": 48, "slow strings": 49, "synth strings": 50,
    "choir": 52, "voices": 52, "vocals": 52, "oohs": 53,
    "horn": 60, "horns": 61, "brass": 61, "synth brass": 62,
    "sax": 66, "saxophone": 66, "cor anglais": 69,
    "panpipes": 75, "lead": 81, "synth lead": 81, "square lead": 80, "saw lead": 81, "sawtooth lead": 81,
    "chip lead": 80, "pad": 89, "synth pad": 89, "warm pad": 89, "synth": 90, "polysynth": 90,
    "sweep pad": 95, "choir pad": 91, "thumb piano": 108, "mbira": 108, "bagpipes": 109,
    "steel drum": 114, "steel pan": 114, "steelpan": 114, "taiko": 116, "wood block": 115,
}  # fmt: skip

_NUMBERS: dict[str, int] = {name.lower(): number for number, name in enumerate(GM_PROGRAMS)} | _SYNONYMS

GM_DRUMS: dict[int, str] = dict(
    enumerate(
        (
            "Acoustic Bass Drum", "Bass Drum 1", "Side Stick", "Acoustic Snare", "Hand Clap",
            "Electric Snare", "Low Floor Tom", "Closed Hi-Hat", "High Floor Tom", "Pedal Hi-Hat",
            "Low Tom", "Open Hi-Hat", "Low-Mid Tom", "Hi-Mid Tom", "Crash Cymbal 1",
            "High Tom", "Ride Cymbal 1", "Chinese Cymbal", "Ride Bell", "Tambourine",
            "Splash Cymbal", "Cowbell", "Crash Cymbal 2", "Vibraslap", "Ride Cymbal 2",
            "Hi Bongo", "Low Bongo", "Mute Hi Conga", "Open Hi Conga", "Low Conga",
            "High Timbale", "Low Timbale", "High Agogo", "Low Agogo", "Cabasa",
            "Maracas", "Short Whistle", "Long Whistle", "Short Guiro", "Long Guiro",
            "Claves", "Hi Wood Block", "Low Wood Block", "Mute Cuica", "Open Cuica",
            "Mute Triangle", "Open Triangle", "Shaker",
        ),
        start=35,
    )
)  # fmt: skip
"""Drum pitches and their names: General MIDI's 35 … 81, and the shaker that General MIDI 2 puts on 82."""

DRUM: dict[str, int] = {
    "kick": 36, "acoustic_kick": 35, "rim": 37, "snare": 38, "clap": 39, "electric_snare": 40,
    "low_floor_tom": 41, "high_floor_tom": 43, "low_tom": 45, "mid_tom": 47, "high_mid_tom": 48,
    "high_tom": 50, "closed_hat": 42, "pedal_hat": 44, "open_hat": 46,
    "crash": 49, "crash_2": 57, "china": 52, "splash": 55, "ride": 51, "ride_bell": 53, "ride_2": 59,
    "tambourine": 54, "cowbell": 56, "vibraslap": 58, "high_bongo": 60, "low_bongo": 61,
    "mute_conga": 62, "high_conga": 63, "low_conga": 64, "high_timbale": 65, "low_timbale": 66,
    "high_agogo": 67, "low_agogo": 68, "cabasa": 69, "maracas": 70,
    "short_guiro": 73, "long_guiro": 74, "claves": 75, "high_wood_block": 76, "low_wood_block": 77,
    "mute_cuica": 78, "open_cuica": 79, "mute_triangle": 80, "triangle": 81, "shaker": 82,
}  # fmt: skip
"""Short names of drums and their pitches."""


def gm_program(name_or_synonym: str) -> int:
    """The program number, 0 … 127, of an instrument's name in General MIDI's words or a musician's.

    >>> gm_program("Acoustic Grand Piano"), gm_program("rhodes"), gm_program("Upright Bass")
    (0, 4, 32)

    Raises:
        UserInputError: when no program has this name.
    """
    name = " ".join(name_or_synonym.lower().replace("_", " ").split())
    number = _NUMBERS.get(name)
    if number is None:
        raise UserInputError(
            f"The instrument {quoted(name_or_synonym)} is unknown: "
            "use a General MIDI name, like Electric Piano 1."
        )
    return number


def gm_family(program: int) -> str:
    """The family a program number belongs to.

    >>> gm_family(33)
    'Bass'
    """
    return GM_FAMILIES[program // 8]
