"""Which built-in preset stands for which General MIDI program when there is no SoundFont."""

from musicgen_desktop.music import Patch

# Sixteen families of eight, in the order of General MIDI.
_PROGRAMS = (
    "soft_piano bright_piano electric_grand honky_piano tine_piano dx_piano harpsichord clavinet",
    "celesta glockenspiel music_box vibraphone marimba xylophone tubular_bells dulcimer",
    "drawbar_organ perc_organ rock_organ church_organ reed_organ accordion harmonica accordion",
    (
        "nylon_guitar steel_guitar jazz_guitar clean_guitar "
        "muted_guitar drive_guitar lead_guitar harmonic_guitar"
    ),
    "upright_bass finger_bass pick_bass fretless_bass slap_bass slap_bass synth_bass fm_bass",
    "solo_strings solo_strings cello cello tremolo_strings pizzicato harp timpani",
    (
        "ensemble_strings slow_strings string_machine string_machine "
        "choir_pad voice_ooh synth_voice orchestra_hit"
    ),
    "trumpet trombone tuba muted_trumpet french_horn brass_section synth_brass soft_brass",
    "soft_sax soft_sax tenor_sax tenor_sax oboe oboe bassoon clarinet",
    "flute flute recorder pan_flute bottle pan_flute whistle_lead whistle_lead",
    "square_lead saw_lead soft_sine_lead chiff_lead drive_lead voice_ooh fifth_lead bass_lead",
    "new_age_pad warm_pad poly_pad choir_pad glass_pad metal_pad halo_pad sweep_pad",
    "rain_fx dark_pad crystal_bell glass_pad bright_pad evolving_pad echo_drops star_pad",
    "sitar banjo shamisen koto kalimba bagpipe fiddle shanai",
    "tinkle_bell agogo_bell steel_drum woodblock_pitch taiko melodic_tom synth_tom reverse_swell",
    "fret_noise breath_noise seashore bird telephone helicopter applause gunshot",
)


def fallback_preset(program: int) -> str:
    """The preset id for a General MIDI program 0..127."""
    family, member = divmod(min(max(program, 0), 127), 8)
    return _PROGRAMS[family].split()[member]


def fallback_kit(program: int) -> str:
    """The kit id for a General MIDI (GS) drum set number."""
    kits = {8: "kit_room", 16: "kit_rock", 24: "kit_electro", 25: "kit_808", 32: "kit_jazz", 40: "kit_jazz"}
    return kits.get(program, "kit_acoustic")


def general_midi_fallback(patch: Patch) -> Patch:
    """The built-in patch that comes nearest to a General MIDI one; a built-in patch stays as it is."""
    if patch.source == "synth":
        return patch
    preset = fallback_kit(patch.program) if patch.is_drums else fallback_preset(patch.program)
    return Patch(
        source="synth",
        program=patch.program,
        bank=patch.bank,
        preset=preset,
        is_drums=patch.is_drums,
        name=patch.name,
    )
