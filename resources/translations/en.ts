<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
    <context>
        <name>AudioGroup</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AutomationLaneView</name>
        <message numerus="yes">
            <source>%n point(s)</source>
            <translation>
                <numerusform>%n point</numerusform>
                <numerusform>%n points</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Bounces</name>
        <message numerus="yes">
            <source>%n file(s) have arrived: place them as tracks? ({names})</source>
            <translation>
                <numerusform>%n file have arrived: place them as tracks? ({names})</numerusform>
                <numerusform>%n files have arrived: place them as tracks? ({names})</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message numerus="yes">
            <source>%n track(s)</source>
            <translation>
                <numerusform>%n track</numerusform>
                <numerusform>%n tracks</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CanvasView</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ClipEdits</name>
        <message numerus="yes">
            <source>%n clip(s) copied</source>
            <translation>
                <numerusform>%n clip copied</numerusform>
                <numerusform>%n clips copied</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ClipSection</name>
        <message numerus="yes">
            <source>%n clip(s)</source>
            <translation>
                <numerusform>%n clip</numerusform>
                <numerusform>%n clips</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Done</name>
        <message numerus="yes">
            <source>%n file(s) written</source>
            <translation>
                <numerusform>%n file written</numerusform>
                <numerusform>%n files written</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Drag %n file(s) into your DAW</source>
            <translation>
                <numerusform>Drag %n file into your DAW</numerusform>
                <numerusform>Drag %n files into your DAW</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FilesPage</name>
        <message numerus="yes">
            <source>%n channel(s)</source>
            <translation>
                <numerusform>%n channel</numerusform>
                <numerusform>%n channels</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HeadersView</name>
        <message numerus="yes">
            <source>%n track(s)</source>
            <translation>
                <numerusform>%n track</numerusform>
                <numerusform>%n tracks</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportReportDialog</name>
        <message numerus="yes">
            <source>%n thing(s) are not as the files have them</source>
            <translation>
                <numerusform>%n thing are not as the files have them</numerusform>
                <numerusform>%n things are not as the files have them</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Importing</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) are not as the files have them</source>
            <translation>
                <numerusform>%n thing are not as the files have them</numerusform>
                <numerusform>%n things are not as the files have them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s) imported</source>
            <translation>
                <numerusform>%n clip imported</numerusform>
                <numerusform>%n clips imported</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>Brought back: %n edit(s) since the last save.</source>
            <translation>
                <numerusform>Brought back: %n edit since the last save.</numerusform>
                <numerusform>Brought back: %n edits since the last save.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MidiPage</name>
        <message numerus="yes">
            <source>%n input(s) found.</source>
            <translation>
                <numerusform>%n input found.</numerusform>
                <numerusform>%n inputs found.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MissingMediaDialog</name>
        <message numerus="yes">
            <source>%n clip(s)</source>
            <translation>
                <numerusform>%n clip</numerusform>
                <numerusform>%n clips</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n audio file(s) cannot be found</source>
            <translation>
                <numerusform>%n audio file cannot be found</numerusform>
                <numerusform>%n audio files cannot be found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Use %n found file(s)</source>
            <translation>
                <numerusform>Use %n found file</numerusform>
                <numerusform>Use %n found files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Mixer</name>
        <message numerus="yes">
            <source>%n track(s)</source>
            <translation>
                <numerusform>%n track</numerusform>
                <numerusform>%n tracks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All %n effect(s)</source>
            <translation>
                <numerusform>All %n effect</numerusform>
                <numerusform>All %n effects</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All %n send(s)</source>
            <translation>
                <numerusform>All %n send</numerusform>
                <numerusform>All %n sends</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NotesGroup</name>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n note</numerusform>
                <numerusform>%n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Transpose by %n semitone(s)</source>
            <translation>
                <numerusform>Transpose by %n semitone</numerusform>
                <numerusform>Transpose by %n semitones</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Provenance</name>
        <message numerus="yes">
            <source>And %n more file(s): see the rights sheet of an export.</source>
            <translation>
                <numerusform>And %n more file: see the rights sheet of an export.</numerusform>
                <numerusform>And %n more files: see the rights sheet of an export.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n more take(s): see the browser.</source>
            <translation>
                <numerusform>And %n more take: see the browser.</numerusform>
                <numerusform>And %n more takes: see the browser.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RecentList</name>
        <message numerus="yes">
            <source>%n bar(s) · {tempo} BPM</source>
            <translation>
                <numerusform>%n bar · {tempo} BPM</numerusform>
                <numerusform>%n bars · {tempo} BPM</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Recording</name>
        <message numerus="yes">
            <source>%n clip(s) recorded</source>
            <translation>
                <numerusform>%n clip recorded</numerusform>
                <numerusform>%n clips recorded</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Recovery</name>
        <message numerus="yes">
            <source>Kept: %n edit(s) since the last save.</source>
            <translation>
                <numerusform>Kept: %n edit since the last save.</numerusform>
                <numerusform>Kept: %n edits since the last save.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>That has happened %n time(s) now.</source>
            <translation>
                <numerusform>That has happened %n time now.</numerusform>
                <numerusform>That has happened %n times now.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SendDialog</name>
        <message numerus="yes">
            <source>%n FILE(S) WILL BE WRITTEN</source>
            <translation>
                <numerusform>%n FILE WILL BE WRITTEN</numerusform>
                <numerusform>%n FILES WILL BE WRITTEN</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of the same name will be replaced.</source>
            <translation>
                <numerusform>%n file of the same name will be replaced.</numerusform>
                <numerusform>%n files of the same name will be replaced.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SendModel</name>
        <message numerus="yes">
            <source>Ready for your DAW: %n file(s) in {folder}</source>
            <translation>
                <numerusform>Ready for your DAW: %n file in {folder}</numerusform>
                <numerusform>Ready for your DAW: %n files in {folder}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SongSection</name>
        <message numerus="yes">
            <source>%n bar(s), {time}</source>
            <translation>
                <numerusform>%n bar, {time}</numerusform>
                <numerusform>%n bars, {time}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{tracks} and %n bus(es)</source>
            <translation>
                <numerusform>{tracks} and %n bus</numerusform>
                <numerusform>{tracks} and %n buses</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SoundPage</name>
        <message numerus="yes">
            <source>%n device(s) can play.</source>
            <translation>
                <numerusform>%n device can play.</numerusform>
                <numerusform>%n devices can play.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SourcesPage</name>
        <message numerus="yes">
            <source>%n clip(s)</source>
            <translation>
                <numerusform>%n clip</numerusform>
                <numerusform>%n clips</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StylesCard</name>
        <message numerus="yes">
            <source>%n style(s). Files of your own go into the styles folder.</source>
            <translation>
                <numerusform>%n style. Files of your own go into the styles folder.</numerusform>
                <numerusform>%n styles. Files of your own go into the styles folder.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TransportBar</name>
        <message numerus="yes">
            <source>Mixing takes {share} % of one core; %n dropout(s) so far</source>
            <translation>
                <numerusform>Mixing takes {share} % of one core; %n dropout so far</numerusform>
                <numerusform>Mixing takes {share} % of one core; %n dropouts so far</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>When</name>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n minute ago</numerusform>
                <numerusform>%n minutes ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) ago</source>
            <translation>
                <numerusform>%n hour ago</numerusform>
                <numerusform>%n hours ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>%n day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
    </context>
</TS>
