<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About MusicGen Desktop</source>
            <translation>Über MusicGen Desktop</translation>
        </message>
        <message>
            <source>Show logs</source>
            <translation>Protokolle zeigen</translation>
        </message>
        <message>
            <source>Make a bug report…</source>
            <translation>Fehlerbericht erstellen…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Font, sounds and libraries of others</source>
            <translation>Schrift, Klänge und Bibliotheken anderer</translation>
        </message>
        <message>
            <source>Made with</source>
            <translation>Hergestellt mit</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Version {version}</source>
            <translation>Version {version}</translation>
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later. Nothing you make leaves this machine.</source>
            <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer. Nichts von der eigenen Arbeit verlässt diesen Rechner.</translation>
        </message>
        <message>
            <source>A bug report holds what works on this machine and the last of the logs; no project, no sound, no prompt and no file name.</source>
            <translation>Ein Fehlerbericht enthält, was auf diesem Rechner funktioniert, und das Ende der Protokolle; kein Projekt, keinen Klang, keinen Prompt und keinen Dateinamen.</translation>
        </message>
        <message>
            <source>MusicGen Desktop</source>
            <translation>MusicGen Desktop</translation>
        </message>
        <message>
            <source>There are no logs yet in {folder}</source>
            <translation>In {folder} sind noch keine Protokolle</translation>
        </message>
        <message>
            <source>Save the bug report</source>
            <translation>Fehlerbericht speichern</translation>
        </message>
        <message>
            <source>Zip files (*.zip)</source>
            <translation>Zip-Dateien (*.zip)</translation>
        </message>
        <message>
            <source>Making the bug report…</source>
            <translation>Fehlerbericht wird erstellt…</translation>
        </message>
        <message>
            <source>Making a bug report</source>
            <translation>Fehlerbericht erstellen</translation>
        </message>
        <message>
            <source>Saved as {path}</source>
            <translation>Gespeichert als {path}</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>The bug report was stopped.</source>
            <translation>Der Fehlerbericht wurde abgebrochen.</translation>
        </message>
    </context>
    <context>
        <name>AudioGroup</name>
        <message>
            <source>Equal power</source>
            <translation>Gleiche Leistung</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>Linear</translation>
        </message>
        <message>
            <source>S-curve</source>
            <translation>S-Kurve</translation>
        </message>
        <message>
            <source>Audio</source>
            <translation>Audio</translation>
        </message>
        <message>
            <source>Clip gain</source>
            <translation>Clip-Gain</translation>
        </message>
        <message>
            <source>Fade-in</source>
            <translation>Fade-in</translation>
        </message>
        <message>
            <source>Fade-out</source>
            <translation>Fade-out</translation>
        </message>
        <message>
            <source>Shape of the fades</source>
            <translation>Form der Fades</translation>
        </message>
        <message>
            <source>Reverse</source>
            <translation>Umkehren</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>Gain</translation>
        </message>
        <message>
            <source>Fade in</source>
            <translation>Fade-in</translation>
        </message>
        <message>
            <source>Fade out</source>
            <translation>Fade-out</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Form</translation>
        </message>
        <message>
            <source>Direction</source>
            <translation>Richtung</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n Datei</numerusform>
                <numerusform>%n Dateien</numerusform>
            </translation>
        </message>
        <message>
            <source>Reverse –</source>
            <translation>Umkehren –</translation>
        </message>
        <message>
            <source>Reversed</source>
            <translation>Umgekehrt</translation>
        </message>
        <message>
            <source>File missing</source>
            <translation>Datei fehlt</translation>
        </message>
        <message>
            <source>Locate…</source>
            <translation>Suchen…</translation>
        </message>
    </context>
    <context>
        <name>AutomationLaneView</name>
        <message>
            <source>Type value…	Return</source>
            <translation>Wert eingeben…	Return</translation>
        </message>
        <message>
            <source>Hold until the next point	H</source>
            <translation>Halten bis zum nächsten Punkt	H</translation>
        </message>
        <message>
            <source>Delete	Del</source>
            <translation>Löschen	Entf</translation>
        </message>
        <message>
            <source>Type a value here…</source>
            <translation>Hier Wert eingeben…</translation>
        </message>
        <message>
            <source>Add point at the play head	Insert</source>
            <translation>Punkt am Abspielkopf setzen	Einfg</translation>
        </message>
        <message>
            <source>Select all points</source>
            <translation>Alle Punkte auswählen</translation>
        </message>
        <message>
            <source>Delete points in the selected span</source>
            <translation>Punkte im Auswahlbereich löschen</translation>
        </message>
        <message>
            <source>Close lane</source>
            <translation>Spurzeile schließen</translation>
        </message>
        <message>
            <source>{knob}: click to add a point</source>
            <translation>{knob}: Klick setzt einen Punkt</translation>
        </message>
        <message>
            <source>Automation of {knob} on {track}</source>
            <translation>Automation von {knob} auf {track}</translation>
        </message>
        <message numerus="yes">
            <source>%n point(s)</source>
            <translation>
                <numerusform>%n Punkt</numerusform>
                <numerusform>%n Punkte</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Bounces</name>
        <message>
            <source>The exchange folder “{folder}” cannot be made; choose another one in Settings.</source>
            <translation>Der Austauschordner „{folder}“ lässt sich nicht anlegen; in den Einstellungen einen anderen wählen.</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>{name} has arrived: place it as a track, at bar {bar}?</source>
            <translation>{name} ist angekommen: als Spur einfügen, bei Takt {bar}?</translation>
        </message>
        <message>
            <source>{names} and others</source>
            <translation>{names} und andere</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) have arrived: place them as tracks? ({names})</source>
            <translation>
                <numerusform>%n Datei ist angekommen: als Spur einfügen? ({names})</numerusform>
                <numerusform>%n Dateien sind angekommen: als Spuren einfügen? ({names})</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BridgePage</name>
        <message>
            <source>To your DAW</source>
            <translation>Zur DAW</translation>
        </message>
        <message>
            <source>Drag</source>
            <translation>Ziehen</translation>
        </message>
        <message>
            <source>Clips, tracks, takes and the mix have a handle of six dots. Rest the mouse on it and the file is made; drag it and drop it on a track of your DAW.</source>
            <translation>Clips, Spuren, Takes und der Mix haben einen Griff aus sechs Punkten. Ruht die Maus darauf, entsteht die Datei; dann auf eine Spur der DAW ziehen.</translation>
        </message>
        <message>
            <source>Drag: WAV, tagged with its tempo</source>
            <translation>Ziehen: WAV mit Tempo-Tag</translation>
        </message>
        <message>
            <source>Ctrl and drag: MIDI</source>
            <translation>Strg und Ziehen: MIDI</translation>
        </message>
        <message>
            <source>Ctrl, Shift and drag: both</source>
            <translation>Strg, Umschalt und Ziehen: beides</translation>
        </message>
        <message>
            <source>Send to DAW…</source>
            <translation>An DAW senden…</translation>
        </message>
        <message>
            <source>Exchange folder…</source>
            <translation>Austauschordner…</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>Writes the song as a project for your DAW (DAWproject, REAPER, Ardour), or as stems, MIDI files and the mix, with a sheet of rights. All stems are of one length, so that they line up when they are put at the same bar.</source>
            <translation>Schreibt den Song als Projekt für deine DAW (DAWproject, REAPER, Ardour) oder als Stems, MIDI-Dateien und Mix, mit einem Rechteblatt. Alle Stems sind gleich lang und liegen übereinander, wenn sie am selben Takt beginnen.</translation>
        </message>
        <message>
            <source>Shortcut: {keys}</source>
            <translation>Tastenkürzel: {keys}</translation>
        </message>
        <message>
            <source>And back: what your DAW bounces into the exchange folder is offered as a track.</source>
            <translation>Und zurück: Was die DAW in den Austauschordner exportiert, wird als Spur angeboten.</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Exports folder</source>
            <translation>Exportordner</translation>
        </message>
        <message>
            <source>Files that were dragged stay here, for your DAW goes on reading them. Nothing in it is ever deleted by this program.</source>
            <translation>Herausgezogene Dateien bleiben hier, denn die DAW liest sie weiterhin. Das Programm löscht darin nie etwas.</translation>
        </message>
        <message>
            <source>It is made with the first file that is dragged out.</source>
            <translation>Er entsteht mit der ersten herausgezogenen Datei.</translation>
        </message>
    </context>
    <context>
        <name>Browser</name>
        <message>
            <source>Music</source>
            <translation>Musik</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Persönlich</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
    </context>
    <context>
        <name>BrowserPanel</name>
        <message>
            <source>Browser</source>
            <translation>Browser</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Presets</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Arrangement</source>
            <translation>Arrangement</translation>
        </message>
        <message numerus="yes">
            <source>%n track(s)</source>
            <translation>
                <numerusform>%n Spur</numerusform>
                <numerusform>%n Spuren</numerusform>
            </translation>
        </message>
        <message>
            <source>Clip {name} on {track}, {start} to {end}</source>
            <translation>Clip {name} auf {track}, {start} bis {end}</translation>
        </message>
    </context>
    <context>
        <name>CanvasActions</name>
        <message>
            <source>Clip</source>
            <translation>Clip</translation>
        </message>
        <message>
            <source>Split at play head</source>
            <translation>Am Abspielkopf teilen</translation>
        </message>
        <message>
            <source>Split at mouse</source>
            <translation>An der Maus teilen</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>Duplizieren</translation>
        </message>
        <message>
            <source>Glue</source>
            <translation>Verbinden</translation>
        </message>
        <message>
            <source>Crossfade</source>
            <translation>Überblenden</translation>
        </message>
        <message>
            <source>Mute or unmute</source>
            <translation>Stumm an/aus</translation>
        </message>
        <message>
            <source>Reverse</source>
            <translation>Umkehren</translation>
        </message>
        <message>
            <source>Stop looping</source>
            <translation>Loop aufheben</translation>
        </message>
        <message>
            <source>Louder by 1 dB</source>
            <translation>1 dB lauter</translation>
        </message>
        <message>
            <source>Softer by 1 dB</source>
            <translation>1 dB leiser</translation>
        </message>
        <message>
            <source>Gain back to 0 dB</source>
            <translation>Gain auf 0 dB</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Umbenennen…</translation>
        </message>
        <message>
            <source>Open in piano roll</source>
            <translation>In Piano-Roll öffnen</translation>
        </message>
        <message>
            <source>Nudge finely, earlier</source>
            <translation>Fein verschieben: früher</translation>
        </message>
        <message>
            <source>Nudge finely, later</source>
            <translation>Fein verschieben: später</translation>
        </message>
        <message>
            <source>Move to the track above</source>
            <translation>Auf die Spur darüber</translation>
        </message>
        <message>
            <source>Move to the track below</source>
            <translation>Auf die Spur darunter</translation>
        </message>
        <message>
            <source>Cut clips</source>
            <translation>Clips ausschneiden</translation>
        </message>
        <message>
            <source>Copy clips</source>
            <translation>Clips kopieren</translation>
        </message>
        <message>
            <source>Paste clips at play head</source>
            <translation>Clips am Abspielkopf einfügen</translation>
        </message>
        <message>
            <source>Delete clips</source>
            <translation>Clips löschen</translation>
        </message>
        <message>
            <source>Select all clips</source>
            <translation>Alle Clips auswählen</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Loop the selection</source>
            <translation>Auswahl loopen</translation>
        </message>
        <message>
            <source>Insert time</source>
            <translation>Zeit einfügen</translation>
        </message>
        <message>
            <source>Delete time</source>
            <translation>Zeit löschen</translation>
        </message>
        <message>
            <source>Timeline view</source>
            <translation>Ansicht der Timeline</translation>
        </message>
        <message>
            <source>Zoom to selection</source>
            <translation>Auf Auswahl zoomen</translation>
        </message>
        <message>
            <source>Zoom to song</source>
            <translation>Auf Song zoomen</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>Taller tracks</source>
            <translation>Spuren höher</translation>
        </message>
        <message>
            <source>Smaller tracks</source>
            <translation>Spuren niedriger</translation>
        </message>
        <message>
            <source>Follow the play head</source>
            <translation>Abspielkopf folgen</translation>
        </message>
        <message>
            <source>Select tool</source>
            <translation>Auswahl-Werkzeug</translation>
        </message>
        <message>
            <source>Range tool</source>
            <translation>Bereichs-Werkzeug</translation>
        </message>
        <message>
            <source>Draw tool</source>
            <translation>Zeichen-Werkzeug</translation>
        </message>
        <message>
            <source>Split tool</source>
            <translation>Teilen-Werkzeug</translation>
        </message>
        <message>
            <source>Erase tool</source>
            <translation>Lösch-Werkzeug</translation>
        </message>
        <message>
            <source>Mute tool</source>
            <translation>Stumm-Werkzeug</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>Werkzeuge</translation>
        </message>
    </context>
    <context>
        <name>CanvasView</name>
        <message>
            <source>Name of the clip</source>
            <translation>Name des Clips</translation>
        </message>
        <message>
            <source>new track</source>
            <translation>neue Spur</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n Datei</numerusform>
                <numerusform>%n Dateien</numerusform>
            </translation>
        </message>
        <message>
            <source>Drag “{name}” into your DAW</source>
            <translation>„{name}“ in die DAW ziehen</translation>
        </message>
        <message>
            <source>Drag to repeat</source>
            <translation>Ziehen wiederholt</translation>
        </message>
        <message>
            <source>Drag to fade in; double-click for no fade</source>
            <translation>Ziehen: Fade-in; Doppelklick: kein Fade</translation>
        </message>
        <message>
            <source>Drag to fade out; double-click for no fade</source>
            <translation>Ziehen: Fade-out; Doppelklick: kein Fade</translation>
        </message>
        <message>
            <source>Drag for the gain; double-click for 0 dB</source>
            <translation>Ziehen: Gain; Doppelklick: 0 dB</translation>
        </message>
    </context>
    <context>
        <name>ChordLine</name>
        <message>
            <source>from the prompt, or Am F | C G7</source>
            <translation>aus dem Prompt, oder Am F | C G7</translation>
        </message>
    </context>
    <context>
        <name>ClipEdits</name>
        <message>
            <source>A crossfade needs an overlap: select two audio clips, one ending inside the other.</source>
            <translation>Eine Überblendung braucht eine Überlappung: zwei Audioclips auswählen, von denen einer im anderen endet.</translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s) copied</source>
            <translation>
                <numerusform>%n Clip kopiert</numerusform>
                <numerusform>%n Clips kopiert</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ClipSection</name>
        <message>
            <source>Clip colour</source>
            <translation>Clipfarbe</translation>
        </message>
        <message>
            <source>As the track</source>
            <translation>Wie die Spur</translation>
        </message>
        <message>
            <source>Clip name</source>
            <translation>Clipname</translation>
        </message>
        <message>
            <source>Drag into your DAW</source>
            <translation>In die DAW ziehen</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Track</source>
            <translation>Spur</translation>
        </message>
        <message>
            <source>Heard</source>
            <translation>Hörbar</translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s)</source>
            <translation>
                <numerusform>%n Clip</numerusform>
                <numerusform>%n Clips</numerusform>
            </translation>
        </message>
        <message>
            <source>Mute –</source>
            <translation>Stumm –</translation>
        </message>
        <message>
            <source>Muted</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Start of the clip: bar.beat.tick</source>
            <translation>Start des Clips: Takt.Schlag.Tick</translation>
        </message>
        <message>
            <source>Length of the clip: bars.beats.ticks</source>
            <translation>Länge des Clips: Takte.Schläge.Ticks</translation>
        </message>
    </context>
    <context>
        <name>ColourSwatch</name>
        <message>
            <source>Coral</source>
            <translation>Koralle</translation>
        </message>
        <message>
            <source>Orange</source>
            <translation>Orange</translation>
        </message>
        <message>
            <source>Yellow</source>
            <translation>Gelb</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Grün</translation>
        </message>
        <message>
            <source>Teal</source>
            <translation>Petrol</translation>
        </message>
        <message>
            <source>Sky</source>
            <translation>Himmelblau</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Blau</translation>
        </message>
        <message>
            <source>Violet</source>
            <translation>Violett</translation>
        </message>
        <message>
            <source>Purple</source>
            <translation>Purpur</translation>
        </message>
        <message>
            <source>Pink</source>
            <translation>Rosa</translation>
        </message>
        <message>
            <source>Brown</source>
            <translation>Braun</translation>
        </message>
        <message>
            <source>Slate</source>
            <translation>Schiefer</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>Was soll geschehen?</translation>
        </message>
        <message>
            <source>Search commands</source>
            <translation>Befehle suchen</translation>
        </message>
    </context>
    <context>
        <name>CompareBar</name>
        <message>
            <source>with project</source>
            <translation>mit Projekt</translation>
        </message>
        <message>
            <source>Audition with the project</source>
            <translation>Mit dem Projekt vorhören</translation>
        </message>
        <message>
            <source>Audition over the other tracks of the project</source>
            <translation>Über den anderen Spuren des Projekts vorhören</translation>
        </message>
    </context>
    <context>
        <name>ComposeButton</name>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Startet</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Stoppt</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>{count} weitere</translation>
        </message>
        <message>
            <source>Stop all that is being composed</source>
            <translation>Alles Komponieren stoppen</translation>
        </message>
    </context>
    <context>
        <name>ControllerHand</name>
        <message>
            <source>“{name}” waits for its controller: turn it up to take over.</source>
            <translation>„{name}“ wartet auf seinen Controller: höher drehen, um zu übernehmen.</translation>
        </message>
        <message>
            <source>“{name}” waits for its controller: turn it down to take over.</source>
            <translation>„{name}“ wartet auf seinen Controller: tiefer drehen, um zu übernehmen.</translation>
        </message>
        <message>
            <source>The controller of “{name}” seems to be an endless knob: choose “Steps” for it in MIDI and controllers.</source>
            <translation>Der Controller von „{name}“ scheint ein Endlosregler zu sein: für ihn unter MIDI und Controller „Schritte“ wählen.</translation>
        </message>
    </context>
    <context>
        <name>ControllerList</name>
        <message>
            <source>Learned controllers</source>
            <translation>Gelernte Controller</translation>
        </message>
        <message>
            <source>No controller is learned. Right-click a knob, a fader, or a button of track or transport, choose “Learn MIDI…”, and move a controller.</source>
            <translation>Noch kein Controller ist gelernt. Einen Regler, Fader oder Knopf von Spur oder Transport rechts anklicken, „MIDI lernen…“ wählen und einen Controller bewegen.</translation>
        </message>
        <message>
            <source>Parameters are kept with this song, actions with the settings.</source>
            <translation>Parameter werden mit diesem Song gespeichert, Aktionen mit den Einstellungen.</translation>
        </message>
        <message>
            <source>Forget all</source>
            <translation>Alle vergessen</translation>
        </message>
        <message>
            <source>Controller of {name}</source>
            <translation>Controller von {name}</translation>
        </message>
        <message>
            <source>Forget the controller of {name}</source>
            <translation>Den Controller von {name} vergessen</translation>
        </message>
        <message>
            <source>Press</source>
            <translation>Druck</translation>
        </message>
        <message>
            <source>What the controller of {name} sends</source>
            <translation>Was der Controller von {name} sendet</translation>
        </message>
        <message>
            <source>Its place</source>
            <translation>Seine Stellung</translation>
        </message>
        <message>
            <source>Presses: over and back</source>
            <translation>Druck: hin und zurück</translation>
        </message>
        <message>
            <source>Steps (1, 127)</source>
            <translation>Schritte (1, 127)</translation>
        </message>
        <message>
            <source>Steps (65, 63)</source>
            <translation>Schritte (65, 63)</translation>
        </message>
        <message>
            <source>Steps (1, 65)</source>
            <translation>Schritte (1, 65)</translation>
        </message>
    </context>
    <context>
        <name>Desk</name>
        <message>
            <source>“{name}” is a project itself: choose a place outside of it.</source>
            <translation>„{name}“ ist selbst ein Projekt: einen Ort außerhalb wählen.</translation>
        </message>
        <message>
            <source>“{name}” is there already: choose another name.</source>
            <translation>„{name}“ gibt es schon: einen anderen Namen wählen.</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>The other language is there when the program is started the next time.</source>
            <translation>Die andere Sprache gilt ab dem nächsten Programmstart.</translation>
        </message>
    </context>
    <context>
        <name>DiskMap</name>
        <message>
            <source>Disk map: {parts}</source>
            <translation>Karte der Festplatte: {parts}</translation>
        </message>
        <message>
            <source>{name}, downloaded: {size}</source>
            <translation>{name}, heruntergeladen: {size}</translation>
        </message>
        <message>
            <source>{name}, broken: {size}</source>
            <translation>{name}, beschädigt: {size}</translation>
        </message>
        <message>
            <source>{name}: {size}</source>
            <translation>{name}: {size}</translation>
        </message>
    </context>
    <context>
        <name>DockTitle</name>
        <message>
            <source>Float {name}, or put it back</source>
            <translation>{name} lösen oder andocken</translation>
        </message>
        <message>
            <source>Close {name}</source>
            <translation>{name} schließen</translation>
        </message>
    </context>
    <context>
        <name>Done</name>
        <message>
            <source>Ready for your DAW</source>
            <translation>Bereit für die DAW</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Copy file paths</source>
            <translation>Dateipfade kopieren</translation>
        </message>
        <message>
            <source>Drag all files into your DAW</source>
            <translation>Alle Dateien in die DAW ziehen</translation>
        </message>
        <message>
            <source>With Ctrl held only MIDI is carried.</source>
            <translation>Mit Strg wird nur MIDI gezogen.</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) written</source>
            <translation>
                <numerusform>%n Datei geschrieben</numerusform>
                <numerusform>%n Dateien geschrieben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Drag %n file(s) into your DAW</source>
            <translation>
                <numerusform>%n Datei in die DAW ziehen</numerusform>
                <numerusform>%n Dateien in die DAW ziehen</numerusform>
            </translation>
        </message>
        <message>
            <source>The paths are on the clipboard.</source>
            <translation>Die Pfade sind in der Zwischenablage.</translation>
        </message>
    </context>
    <context>
        <name>DragHandle</name>
        <message>
            <source>a WAV file; with Ctrl a MIDI file, with Ctrl+Shift both</source>
            <translation>eine WAV-Datei; mit Strg eine MIDI-Datei, mit Strg+Umschalt beides</translation>
        </message>
        <message>
            <source>a WAV file</source>
            <translation>eine WAV-Datei</translation>
        </message>
        <message>
            <source>{text} – being made…</source>
            <translation>{text} – wird erstellt…</translation>
        </message>
        <message>
            <source>{text} – ready</source>
            <translation>{text} – bereit</translation>
        </message>
    </context>
    <context>
        <name>Edit</name>
        <message>
            <source>Add audio track</source>
            <translation>Audiospur hinzufügen</translation>
        </message>
        <message>
            <source>Add bus</source>
            <translation>Bus hinzufügen</translation>
        </message>
        <message>
            <source>Add clip</source>
            <translation>Clip hinzufügen</translation>
        </message>
        <message>
            <source>Add instrument track</source>
            <translation>Instrumentspur hinzufügen</translation>
        </message>
        <message>
            <source>Add marker</source>
            <translation>Marker hinzufügen</translation>
        </message>
        <message>
            <source>Add note</source>
            <translation>Note hinzufügen</translation>
        </message>
        <message>
            <source>Add point</source>
            <translation>Punkt hinzufügen</translation>
        </message>
        <message>
            <source>Add section</source>
            <translation>Abschnitt hinzufügen</translation>
        </message>
        <message>
            <source>Add send to {name}</source>
            <translation>Send zu {name} hinzufügen</translation>
        </message>
        <message>
            <source>Add {count} notes</source>
            <translation>{count} Noten hinzufügen</translation>
        </message>
        <message>
            <source>Add {name}</source>
            <translation>{name} hinzufügen</translation>
        </message>
        <message>
            <source>Adjust {name}</source>
            <translation>{name} einstellen</translation>
        </message>
        <message>
            <source>Arm track</source>
            <translation>Spur scharf schalten</translation>
        </message>
        <message>
            <source>Arm {count} tracks</source>
            <translation>{count} Spuren scharf schalten</translation>
        </message>
        <message>
            <source>Automate {name}</source>
            <translation>{name} automatisieren</translation>
        </message>
        <message>
            <source>Bounce {name}</source>
            <translation>{name} bouncen</translation>
        </message>
        <message>
            <source>Bypass {name}</source>
            <translation>{name} umgehen</translation>
        </message>
        <message>
            <source>Change controller</source>
            <translation>Controller ändern</translation>
        </message>
        <message>
            <source>Change velocity</source>
            <translation>Anschlagstärke ändern</translation>
        </message>
        <message>
            <source>Choose sound</source>
            <translation>Klang wählen</translation>
        </message>
        <message>
            <source>Colour clip</source>
            <translation>Clip färben</translation>
        </message>
        <message>
            <source>Colour track</source>
            <translation>Spur färben</translation>
        </message>
        <message>
            <source>Colour {count} clips</source>
            <translation>{count} Clips färben</translation>
        </message>
        <message>
            <source>Copy clip</source>
            <translation>Clip kopieren</translation>
        </message>
        <message>
            <source>Copy note</source>
            <translation>Note kopieren</translation>
        </message>
        <message>
            <source>Copy {count} clips</source>
            <translation>{count} Clips kopieren</translation>
        </message>
        <message>
            <source>Copy {count} notes</source>
            <translation>{count} Noten kopieren</translation>
        </message>
        <message>
            <source>Crossfade clips</source>
            <translation>Clips überblenden</translation>
        </message>
        <message>
            <source>Delete chord</source>
            <translation>Akkord löschen</translation>
        </message>
        <message>
            <source>Delete clip</source>
            <translation>Clip löschen</translation>
        </message>
        <message>
            <source>Delete controller</source>
            <translation>Controller löschen</translation>
        </message>
        <message>
            <source>Delete key</source>
            <translation>Tonart löschen</translation>
        </message>
        <message>
            <source>Delete marker</source>
            <translation>Marker löschen</translation>
        </message>
        <message>
            <source>Delete meter</source>
            <translation>Taktart löschen</translation>
        </message>
        <message>
            <source>Delete note</source>
            <translation>Note löschen</translation>
        </message>
        <message>
            <source>Delete point</source>
            <translation>Punkt löschen</translation>
        </message>
        <message>
            <source>Delete section</source>
            <translation>Abschnitt löschen</translation>
        </message>
        <message>
            <source>Delete tempo</source>
            <translation>Tempo löschen</translation>
        </message>
        <message>
            <source>Delete time</source>
            <translation>Zeit löschen</translation>
        </message>
        <message>
            <source>Delete track</source>
            <translation>Spur löschen</translation>
        </message>
        <message>
            <source>Delete {count} clips</source>
            <translation>{count} Clips löschen</translation>
        </message>
        <message>
            <source>Delete {count} notes</source>
            <translation>{count} Noten löschen</translation>
        </message>
        <message>
            <source>Delete {count} points</source>
            <translation>{count} Punkte löschen</translation>
        </message>
        <message>
            <source>Delete {count} tracks</source>
            <translation>{count} Spuren löschen</translation>
        </message>
        <message>
            <source>Disable automation</source>
            <translation>Automation ausschalten</translation>
        </message>
        <message>
            <source>Disarm track</source>
            <translation>Spur unscharf schalten</translation>
        </message>
        <message>
            <source>Disarm {count} tracks</source>
            <translation>{count} Spuren unscharf schalten</translation>
        </message>
        <message>
            <source>Draw automation</source>
            <translation>Automation zeichnen</translation>
        </message>
        <message>
            <source>Draw controller</source>
            <translation>Controller zeichnen</translation>
        </message>
        <message>
            <source>Draw velocity</source>
            <translation>Anschlagstärke zeichnen</translation>
        </message>
        <message>
            <source>Duplicate clip</source>
            <translation>Clip duplizieren</translation>
        </message>
        <message>
            <source>Duplicate clips</source>
            <translation>Clips duplizieren</translation>
        </message>
        <message>
            <source>Duplicate note</source>
            <translation>Note duplizieren</translation>
        </message>
        <message>
            <source>Duplicate track</source>
            <translation>Spur duplizieren</translation>
        </message>
        <message>
            <source>Duplicate {count} clips</source>
            <translation>{count} Clips duplizieren</translation>
        </message>
        <message>
            <source>Duplicate {count} notes</source>
            <translation>{count} Noten duplizieren</translation>
        </message>
        <message>
            <source>Duplicate {name}</source>
            <translation>{name} duplizieren</translation>
        </message>
        <message>
            <source>Empty span</source>
            <translation>Bereich leeren</translation>
        </message>
        <message>
            <source>Enable automation</source>
            <translation>Automation einschalten</translation>
        </message>
        <message>
            <source>Enable {name}</source>
            <translation>{name} einschalten</translation>
        </message>
        <message>
            <source>Find {count} audio files</source>
            <translation>{count} Audiodateien finden</translation>
        </message>
        <message>
            <source>Find {name}</source>
            <translation>{name} finden</translation>
        </message>
        <message>
            <source>Forget controller</source>
            <translation>Controller vergessen</translation>
        </message>
        <message>
            <source>Forget {count} controllers</source>
            <translation>{count} Controller vergessen</translation>
        </message>
        <message>
            <source>Freeze {name}</source>
            <translation>{name} einfrieren</translation>
        </message>
        <message>
            <source>Glue clip</source>
            <translation>Clip verbinden</translation>
        </message>
        <message>
            <source>Glue note</source>
            <translation>Note verbinden</translation>
        </message>
        <message>
            <source>Glue {count} clips</source>
            <translation>{count} Clips verbinden</translation>
        </message>
        <message>
            <source>Glue {count} notes</source>
            <translation>{count} Noten verbinden</translation>
        </message>
        <message>
            <source>Group track</source>
            <translation>Spur gruppieren</translation>
        </message>
        <message>
            <source>Group {count} tracks</source>
            <translation>{count} Spuren gruppieren</translation>
        </message>
        <message>
            <source>Hold tempo</source>
            <translation>Tempo halten</translation>
        </message>
        <message>
            <source>Hold value</source>
            <translation>Wert halten</translation>
        </message>
        <message>
            <source>Humanize note</source>
            <translation>Note humanisieren</translation>
        </message>
        <message>
            <source>Humanize {count} notes</source>
            <translation>{count} Noten humanisieren</translation>
        </message>
        <message>
            <source>Import {name}</source>
            <translation>{name} importieren</translation>
        </message>
        <message>
            <source>Insert time</source>
            <translation>Zeit einfügen</translation>
        </message>
        <message>
            <source>Invert note</source>
            <translation>Note spiegeln</translation>
        </message>
        <message>
            <source>Invert polarity</source>
            <translation>Polarität umkehren</translation>
        </message>
        <message>
            <source>Invert {count} notes</source>
            <translation>{count} Noten spiegeln</translation>
        </message>
        <message>
            <source>Keep {name}</source>
            <translation>{name} behalten</translation>
        </message>
        <message>
            <source>Learn controller for {name}</source>
            <translation>Controller für {name} lernen</translation>
        </message>
        <message>
            <source>Legato</source>
            <translation>Legato</translation>
        </message>
        <message>
            <source>Lengthen clip</source>
            <translation>Clip verlängern</translation>
        </message>
        <message>
            <source>Load preset of {name}</source>
            <translation>Preset von {name} laden</translation>
        </message>
        <message>
            <source>Loop clip</source>
            <translation>Clip loopen</translation>
        </message>
        <message>
            <source>Move chord</source>
            <translation>Akkord verschieben</translation>
        </message>
        <message>
            <source>Move clip</source>
            <translation>Clip verschieben</translation>
        </message>
        <message>
            <source>Move controllers</source>
            <translation>Controller bewegen</translation>
        </message>
        <message>
            <source>Move fader</source>
            <translation>Fader verschieben</translation>
        </message>
        <message>
            <source>Move key</source>
            <translation>Tonart verschieben</translation>
        </message>
        <message>
            <source>Move marker</source>
            <translation>Marker verschieben</translation>
        </message>
        <message>
            <source>Move meter</source>
            <translation>Taktart verschieben</translation>
        </message>
        <message>
            <source>Move note</source>
            <translation>Note verschieben</translation>
        </message>
        <message>
            <source>Move point</source>
            <translation>Punkt verschieben</translation>
        </message>
        <message>
            <source>Move section</source>
            <translation>Abschnitt verschieben</translation>
        </message>
        <message>
            <source>Move tempo</source>
            <translation>Tempo verschieben</translation>
        </message>
        <message>
            <source>Move track</source>
            <translation>Spur verschieben</translation>
        </message>
        <message>
            <source>Move {count} clips</source>
            <translation>{count} Clips verschieben</translation>
        </message>
        <message>
            <source>Move {count} faders</source>
            <translation>{count} Fader verschieben</translation>
        </message>
        <message>
            <source>Move {count} notes</source>
            <translation>{count} Noten verschieben</translation>
        </message>
        <message>
            <source>Move {count} points</source>
            <translation>{count} Punkte verschieben</translation>
        </message>
        <message>
            <source>Move {name}</source>
            <translation>{name} verschieben</translation>
        </message>
        <message>
            <source>Mute clip</source>
            <translation>Clip stummschalten</translation>
        </message>
        <message>
            <source>Mute track</source>
            <translation>Spur stummschalten</translation>
        </message>
        <message>
            <source>Mute {count} clips</source>
            <translation>{count} Clips stummschalten</translation>
        </message>
        <message>
            <source>Mute {count} tracks</source>
            <translation>{count} Spuren stummschalten</translation>
        </message>
        <message>
            <source>Pan track</source>
            <translation>Pan der Spur setzen</translation>
        </message>
        <message>
            <source>Paste clip</source>
            <translation>Clip einfügen</translation>
        </message>
        <message>
            <source>Paste note</source>
            <translation>Note einfügen</translation>
        </message>
        <message>
            <source>Paste {count} clips</source>
            <translation>{count} Clips einfügen</translation>
        </message>
        <message>
            <source>Paste {count} notes</source>
            <translation>{count} Noten einfügen</translation>
        </message>
        <message>
            <source>Quantize note</source>
            <translation>Note quantisieren</translation>
        </message>
        <message>
            <source>Quantize {count} notes</source>
            <translation>{count} Noten quantisieren</translation>
        </message>
        <message>
            <source>Ramp tempo</source>
            <translation>Temporampe setzen</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Remove automation</source>
            <translation>Automation entfernen</translation>
        </message>
        <message>
            <source>Remove send</source>
            <translation>Send entfernen</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>{name} entfernen</translation>
        </message>
        <message>
            <source>Redo {edit}</source>
            <translation>Wiederholt: {edit}</translation>
        </message>
        <message>
            <source>Rename clip</source>
            <translation>Clip umbenennen</translation>
        </message>
        <message>
            <source>Rename marker</source>
            <translation>Marker umbenennen</translation>
        </message>
        <message>
            <source>Rename section</source>
            <translation>Abschnitt umbenennen</translation>
        </message>
        <message>
            <source>Rename song</source>
            <translation>Song umbenennen</translation>
        </message>
        <message>
            <source>Rename take</source>
            <translation>Take umbenennen</translation>
        </message>
        <message>
            <source>Rename track</source>
            <translation>Spur umbenennen</translation>
        </message>
        <message>
            <source>Repeat clip</source>
            <translation>Clip wiederholen</translation>
        </message>
        <message>
            <source>Resize chord</source>
            <translation>Akkordlänge ändern</translation>
        </message>
        <message>
            <source>Resize note</source>
            <translation>Notenlänge ändern</translation>
        </message>
        <message>
            <source>Resize section</source>
            <translation>Abschnittslänge ändern</translation>
        </message>
        <message>
            <source>Resize {count} notes</source>
            <translation>Länge von {count} Noten ändern</translation>
        </message>
        <message>
            <source>Reverse clip</source>
            <translation>Clip umkehren</translation>
        </message>
        <message>
            <source>Reverse note</source>
            <translation>Note umkehren</translation>
        </message>
        <message>
            <source>Reverse {count} clips</source>
            <translation>{count} Clips umkehren</translation>
        </message>
        <message>
            <source>Reverse {count} notes</source>
            <translation>{count} Noten umkehren</translation>
        </message>
        <message>
            <source>Route track</source>
            <translation>Spur routen</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>Speichern unter</translation>
        </message>
        <message>
            <source>Send before fader</source>
            <translation>Send vor den Fader</translation>
        </message>
        <message>
            <source>Send behind fader</source>
            <translation>Send hinter den Fader</translation>
        </message>
        <message>
            <source>Set chord</source>
            <translation>Akkord setzen</translation>
        </message>
        <message>
            <source>Set controller mode</source>
            <translation>Art des Controllers ändern</translation>
        </message>
        <message>
            <source>Set fades</source>
            <translation>Fades setzen</translation>
        </message>
        <message>
            <source>Set gain</source>
            <translation>Gain setzen</translation>
        </message>
        <message>
            <source>Set gain of clip</source>
            <translation>Gain des Clips setzen</translation>
        </message>
        <message>
            <source>Set gain of {count} clips</source>
            <translation>Gain von {count} Clips setzen</translation>
        </message>
        <message>
            <source>Set key</source>
            <translation>Tonart setzen</translation>
        </message>
        <message>
            <source>Set loop</source>
            <translation>Loop setzen</translation>
        </message>
        <message>
            <source>Set MIDI output</source>
            <translation>MIDI-Ausgang wählen</translation>
        </message>
        <message>
            <source>Set meter</source>
            <translation>Taktart setzen</translation>
        </message>
        <message>
            <source>Set send</source>
            <translation>Send setzen</translation>
        </message>
        <message>
            <source>Set song end</source>
            <translation>Songende setzen</translation>
        </message>
        <message>
            <source>Set tempo</source>
            <translation>Tempo setzen</translation>
        </message>
        <message>
            <source>Set trim</source>
            <translation>Trim setzen</translation>
        </message>
        <message>
            <source>Slope to the next point</source>
            <translation>Zum nächsten Punkt neigen</translation>
        </message>
        <message>
            <source>Snap to chords</source>
            <translation>Auf Akkorde rücken</translation>
        </message>
        <message>
            <source>Snap to scale</source>
            <translation>Auf Tonleiter rücken</translation>
        </message>
        <message>
            <source>Solo track</source>
            <translation>Spur solo schalten</translation>
        </message>
        <message>
            <source>Solo {count} tracks</source>
            <translation>{count} Spuren solo schalten</translation>
        </message>
        <message>
            <source>Split clip</source>
            <translation>Clip teilen</translation>
        </message>
        <message>
            <source>Split note</source>
            <translation>Note teilen</translation>
        </message>
        <message>
            <source>Split {count} clips</source>
            <translation>{count} Clips teilen</translation>
        </message>
        <message>
            <source>Split {count} notes</source>
            <translation>{count} Noten teilen</translation>
        </message>
        <message>
            <source>Star take</source>
            <translation>Take mit Stern versehen</translation>
        </message>
        <message>
            <source>Step input</source>
            <translation>Step-Eingabe</translation>
        </message>
        <message>
            <source>Stop looping clip</source>
            <translation>Loop des Clips aufheben</translation>
        </message>
        <message>
            <source>Stretch note</source>
            <translation>Note strecken</translation>
        </message>
        <message>
            <source>Stretch {count} notes</source>
            <translation>{count} Noten strecken</translation>
        </message>
        <message>
            <source>Switch loop off</source>
            <translation>Loop ausschalten</translation>
        </message>
        <message>
            <source>Switch loop on</source>
            <translation>Loop einschalten</translation>
        </message>
        <message>
            <source>Switch send off</source>
            <translation>Send ausschalten</translation>
        </message>
        <message>
            <source>Switch send on</source>
            <translation>Send einschalten</translation>
        </message>
        <message>
            <source>Thaw {name}</source>
            <translation>{name} auftauen</translation>
        </message>
        <message>
            <source>Transpose in scale</source>
            <translation>In der Tonleiter transponieren</translation>
        </message>
        <message>
            <source>Transpose note</source>
            <translation>Note transponieren</translation>
        </message>
        <message>
            <source>Transpose {count} notes</source>
            <translation>{count} Noten transponieren</translation>
        </message>
        <message>
            <source>Trim clip</source>
            <translation>Clip trimmen</translation>
        </message>
        <message>
            <source>Undo {edit}</source>
            <translation>Rückgängig: {edit}</translation>
        </message>
        <message>
            <source>Unfreeze {name}</source>
            <translation>{name} auftauen</translation>
        </message>
        <message>
            <source>Unmute clip</source>
            <translation>Clip wieder hörbar machen</translation>
        </message>
        <message>
            <source>Unmute track</source>
            <translation>Spur wieder hörbar machen</translation>
        </message>
        <message>
            <source>Unmute {count} clips</source>
            <translation>{count} Clips wieder hörbar machen</translation>
        </message>
        <message>
            <source>Unmute {count} tracks</source>
            <translation>{count} Spuren wieder hörbar machen</translation>
        </message>
        <message>
            <source>Unsolo track</source>
            <translation>Solo der Spur aufheben</translation>
        </message>
        <message>
            <source>Unsolo {count} tracks</source>
            <translation>Solo von {count} Spuren aufheben</translation>
        </message>
        <message>
            <source>Unstar take</source>
            <translation>Stern des Takes entfernen</translation>
        </message>
        <message>
            <source>“{name}”</source>
            <translation>„{name}“</translation>
        </message>
    </context>
    <context>
        <name>EditingPage</name>
        <message>
            <source>Editing</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Adaptive: as fine as the zoom shows</source>
            <translation>Adaptiv: so fein wie der Zoom</translation>
        </message>
        <message>
            <source>Bar</source>
            <translation>Takt</translation>
        </message>
        <message>
            <source>{part} note</source>
            <translation>{part}-Note</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Snap</source>
            <translation>Einrasten</translation>
        </message>
        <message>
            <source>At first; the transport changes it at any time.</source>
            <translation>Anfangs; in der Transportleiste jederzeit änderbar.</translation>
        </message>
        <message>
            <source>Stop goes back to where Play began</source>
            <translation>Stopp kehrt zum Startpunkt zurück</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Autosave</source>
            <translation>Autom. speichern</translation>
        </message>
        <message>
            <source>Every edit is kept on the disk within a second in any case; 0 is never.</source>
            <translation>Jeder Schritt liegt ohnehin binnen einer Sekunde auf der Festplatte; 0 heißt nie.</translation>
        </message>
        <message>
            <source>Metronome level</source>
            <translation>Metronompegel</translation>
        </message>
        <message>
            <source>every {minutes} min</source>
            <translation>alle {minutes} min</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
    </context>
    <context>
        <name>EffectHeader</name>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>Compare: settings {side}</source>
            <translation>Vergleichen: Einstellungen {side}</translation>
        </message>
        <message>
            <source>on {track}</source>
            <translation>auf {track}</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>Einschalten</translation>
        </message>
        <message>
            <source>Bypass</source>
            <translation>Bypass</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Presets</translation>
        </message>
        <message>
            <source>Defaults</source>
            <translation>Standard</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>Speichern unter…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>Preset speichern</translation>
        </message>
        <message>
            <source>Name of the preset</source>
            <translation>Name des Presets</translation>
        </message>
        <message>
            <source>{name} (off)</source>
            <translation>{name} (aus)</translation>
        </message>
    </context>
    <context>
        <name>EffectPanel</name>
        <message>
            <source>Effect</source>
            <translation>Effekt</translation>
        </message>
        <message>
            <source>No effect chosen</source>
            <translation>Kein Effekt gewählt</translation>
        </message>
        <message>
            <source>Click an effect in the mixer and its controls appear here.</source>
            <translation>Ein Klick auf einen Effekt im Mixer zeigt hier seine Regler.</translation>
        </message>
        <message>
            <source>No controls for this effect</source>
            <translation>Keine Regler für diesen Effekt</translation>
        </message>
        <message>
            <source>It is not one of the built-in effects. Its settings are kept, and the sound passes it.</source>
            <translation>Er gehört nicht zu den eingebauten Effekten. Seine Einstellungen bleiben erhalten, der Klang läuft unverändert durch.</translation>
        </message>
    </context>
    <context>
        <name>EmptyPage</name>
        <message>
            <source>Takes appear here: hear them in tempo, keep what you like. Try one:</source>
            <translation>Takes erscheinen hier: im Tempo vorhören, Gutes behalten. Zum Beispiel:</translation>
        </message>
        <message>
            <source>dusty lo-fi hip hop with rhodes and a mellow sax, 82 bpm, F minor, 16 bars</source>
            <translation>dusty lo-fi hip hop with rhodes and a mellow sax, 82 bpm, F minor, 16 bars</translation>
        </message>
        <message>
            <source>uplifting synthwave, arpeggios and a synth lead, 104 bpm, A minor</source>
            <translation>uplifting synthwave, arpeggios and a synth lead, 104 bpm, A minor</translation>
        </message>
        <message>
            <source>gentle bossa nova, nylon guitar and flute, 124 bpm, D major</source>
            <translation>gentle bossa nova, nylon guitar and flute, 124 bpm, D major</translation>
        </message>
    </context>
    <context>
        <name>EmptyTimeline</name>
        <message>
            <source>Begin with a sentence</source>
            <translation>Mit einem Satz beginnen</translation>
        </message>
        <message>
            <source>Describe the music on the left, or take one of these. Audio and MIDI can be dropped here.</source>
            <translation>Links die Musik beschreiben oder eines davon nehmen. Audio und MIDI lassen sich hierher ziehen.</translation>
        </message>
        <message>
            <source>dusty lo-fi hip hop, mellow keys, 82 bpm, F minor</source>
            <translation>dusty lo-fi hip hop, mellow keys, 82 bpm, F minor</translation>
        </message>
        <message>
            <source>driving techno, rolling bass, 132 bpm, A minor</source>
            <translation>driving techno, rolling bass, 132 bpm, A minor</translation>
        </message>
        <message>
            <source>wide cinematic strings over slow drums, 70 bpm, D minor</source>
            <translation>wide cinematic strings over slow drums, 70 bpm, D minor</translation>
        </message>
        <message>
            <source>Compose this</source>
            <translation>Das komponieren</translation>
        </message>
    </context>
    <context>
        <name>EndedRow</name>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Retry</source>
            <translation>Nochmal</translation>
        </message>
        <message>
            <source>The same wish with another seed (N)</source>
            <translation>Derselbe Wunsch mit einem anderen Seed (N)</translation>
        </message>
        <message>
            <source>Make the rest of this take (G)</source>
            <translation>Den Rest dieses Takes machen (G)</translation>
        </message>
        <message>
            <source>This engine cannot go on with a take; make another one</source>
            <translation>Diese Engine kann keinen Take fortsetzen; besser einen neuen machen</translation>
        </message>
    </context>
    <context>
        <name>EngineRow</name>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Each model says how it may be used</source>
            <translation>Jedes Modell sagt, wie es genutzt werden darf</translation>
        </message>
        <message>
            <source>Yours: free to use commercially</source>
            <translation>Eigen: kommerziell frei nutzbar</translation>
        </message>
        <message>
            <source>Each take says how it may be used</source>
            <translation>Jeder Take nennt seine Nutzungsrechte</translation>
        </message>
        <message>
            <source>Not for commercial release</source>
            <translation>Nicht für kommerzielle Veröffentlichung</translation>
        </message>
    </context>
    <context>
        <name>EnginesCard</name>
        <message>
            <source>Engines</source>
            <translation>Engines</translation>
        </message>
        <message>
            <source>Nothing is downloaded unless you ask for it, and nothing you make leaves this machine.</source>
            <translation>Ohne Auftrag wird nichts heruntergeladen, und nichts von der eigenen Arbeit verlässt diesen Rechner.</translation>
        </message>
        <message>
            <source>No neural model is installed; all that the window offers works without one.</source>
            <translation>Es ist kein neuronales Modell installiert; alles, was das Fenster bietet, geht auch ohne.</translation>
        </message>
        <message>
            <source>Needs a download</source>
            <translation>Muss geladen werden</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Installiert</translation>
        </message>
        <message>
            <source>What it makes may be sold.</source>
            <translation>Die Ergebnisse dürfen verkauft werden.</translation>
        </message>
        <message>
            <source>What it makes may not be sold.</source>
            <translation>Die Ergebnisse dürfen nicht verkauft werden.</translation>
        </message>
        <message>
            <source>Writes {stems}.</source>
            <translation>Schreibt {stems}.</translation>
        </message>
        <message>
            <source>Bars of a stem can be made again.</source>
            <translation>Takte eines Stems lassen sich erneuern.</translation>
        </message>
    </context>
    <context>
        <name>EqualizerView</name>
        <message>
            <source>Equalizer curve</source>
            <translation>Equalizer-Kurve</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>cut</source>
            <translation>Cut</translation>
        </message>
        <message>
            <source>shelf</source>
            <translation>Shelf</translation>
        </message>
    </context>
    <context>
        <name>ExampleButton</name>
        <message>
            <source>Compose this</source>
            <translation>Das komponieren</translation>
        </message>
        <message>
            <source>Compose: {prompt}</source>
            <translation>Komponieren: {prompt}</translation>
        </message>
    </context>
    <context>
        <name>ExampleCard</name>
        <message>
            <source>Compose: {prompt}</source>
            <translation>Komponieren: {prompt}</translation>
        </message>
        <message>
            <source>Click to compose this</source>
            <translation>Klick komponiert das</translation>
        </message>
    </context>
    <context>
        <name>Examples</name>
        <message>
            <source>Dusty lo-fi</source>
            <translation>Staubiger Lo-Fi</translation>
        </message>
        <message>
            <source>Deep house</source>
            <translation>Deep House</translation>
        </message>
        <message>
            <source>Film score</source>
            <translation>Filmmusik</translation>
        </message>
    </context>
    <context>
        <name>Field</name>
        <message>
            <source>From the project</source>
            <translation>Aus dem Projekt</translation>
        </message>
        <message>
            <source>auto</source>
            <translation>auto</translation>
        </message>
    </context>
    <context>
        <name>FileList</name>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
    </context>
    <context>
        <name>FilesModel</name>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>BPM</source>
            <translation>BPM</translation>
        </message>
        <message>
            <source>no sound</source>
            <translation>kein Klang</translation>
        </message>
    </context>
    <context>
        <name>FilesPage</name>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Begin with this folder</source>
            <translation>Mit diesem Ordner beginnen</translation>
        </message>
        <message>
            <source>Bookmark this folder</source>
            <translation>Lesezeichen setzen</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>Stop hearing it</source>
            <translation>Vorhören stoppen</translation>
        </message>
        <message>
            <source>Hear it</source>
            <translation>Vorhören</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Leertaste</translation>
        </message>
        <message>
            <source>Import at the play head</source>
            <translation>Am Abspielkopf importieren</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Return</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>The folder above</source>
            <translation>Übergeordneter Ordner</translation>
        </message>
        <message>
            <source>Search in file names</source>
            <translation>In Dateinamen suchen</translation>
        </message>
        <message>
            <source>Hear the file</source>
            <translation>Datei vorhören</translation>
        </message>
        <message>
            <source>A click on a file plays it</source>
            <translation>Ein Klick spielt die Datei</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Import at the play head (Return)</source>
            <translation>Am Abspielkopf importieren (Return)</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>mono</source>
            <translation>Mono</translation>
        </message>
        <message>
            <source>stereo</source>
            <translation>Stereo</translation>
        </message>
        <message numerus="yes">
            <source>%n channel(s)</source>
            <translation>
                <numerusform>%n Kanal</numerusform>
                <numerusform>%n Kanäle</numerusform>
            </translation>
        </message>
        <message>
            <source>Stop hearing the file</source>
            <translation>Vorhören stoppen</translation>
        </message>
        <message>
            <source>Files and export</source>
            <translation>Dateien und Export</translation>
        </message>
        <message>
            <source>16 bit</source>
            <translation>16 Bit</translation>
        </message>
        <message>
            <source>24 bit</source>
            <translation>24 Bit</translation>
        </message>
        <message>
            <source>32 bit float</source>
            <translation>32 Bit Float</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>Auflösung</translation>
        </message>
        <message>
            <source>Of stems and mixes; FLAC files have 16 or 24.</source>
            <translation>Von Stems und Mixen; FLAC-Dateien haben 16 oder 24.</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Choose a SoundFont</source>
            <translation>SoundFont wählen</translation>
        </message>
        <message>
            <source>Use the built-in one</source>
            <translation>Eingebauten verwenden</translation>
        </message>
        <message>
            <source>SoundFont</source>
            <translation>SoundFont</translation>
        </message>
        <message>
            <source>Plays General MIDI instruments (.sf2, .sf3). The licence of a font of your own decides whether songs with it may be sold.</source>
            <translation>Spielt General-MIDI-Instrumente (.sf2, .sf3). Bei einem eigenen SoundFont bestimmt dessen Lizenz, ob Songs damit verkauft werden dürfen.</translation>
        </message>
        <message>
            <source>Offer what a DAW bounces into this folder</source>
            <translation>Anbieten, was eine DAW in diesen Ordner exportiert</translation>
        </message>
        <message>
            <source>Choose the exchange folder</source>
            <translation>Austauschordner wählen</translation>
        </message>
        <message>
            <source>Exchange folder</source>
            <translation>Austauschordner</translation>
        </message>
        <message>
            <source>A file lies where its time stamp says, else at bar 1. The folder is made when it is missing.</source>
            <translation>Eine Datei kommt dorthin, wo ihr Zeitstempel es sagt, sonst zu Takt 1. Fehlt der Ordner, wird er angelegt.</translation>
        </message>
        <message>
            <source>SoundFonts (*.sf2 *.sf3)</source>
            <translation>SoundFonts (*.sf2 *.sf3)</translation>
        </message>
        <message>
            <source>FluidR3 Mono, built in</source>
            <translation>FluidR3 Mono, eingebaut</translation>
        </message>
    </context>
    <context>
        <name>Flow</name>
        <message>
            <source>more</source>
            <translation>mehr</translation>
        </message>
        <message>
            <source>less</source>
            <translation>weniger</translation>
        </message>
    </context>
    <context>
        <name>GrowingView</name>
        <message>
            <source>take {number} of {count}</source>
            <translation>Take {number} von {count}</translation>
        </message>
        <message>
            <source>{made} of {whole} s</source>
            <translation>{made} von {whole} s</translation>
        </message>
        <message>
            <source>ended early</source>
            <translation>endete früh</translation>
        </message>
        <message>
            <source>not kept yet</source>
            <translation>noch nicht behalten</translation>
        </message>
        <message>
            <source>a double click keeps it</source>
            <translation>Doppelklick behält ihn</translation>
        </message>
        <message>
            <source>Stop the audition</source>
            <translation>Vorhören beenden</translation>
        </message>
        <message>
            <source>Audition</source>
            <translation>Vorhören</translation>
        </message>
        <message>
            <source>Keep on tracks</source>
            <translation>Auf Spuren behalten</translation>
        </message>
        <message>
            <source>Take off the timeline</source>
            <translation>Von der Timeline nehmen</translation>
        </message>
        <message>
            <source>Stop: what was made is kept</source>
            <translation>Stopp: was da ist, bleibt</translation>
        </message>
        <message>
            <source>It can be kept once it is whole, or stopped.</source>
            <translation>Er lässt sich behalten, sobald er ganz oder gestoppt ist.</translation>
        </message>
        <message>
            <source>Take it off the timeline; it stays among the takes</source>
            <translation>Von der Timeline nehmen; er bleibt bei den Takes</translation>
        </message>
        <message>
            <source>Stop: what was made is kept as a take</source>
            <translation>Stopp: was da ist, bleibt als Take</translation>
        </message>
        <message>
            <source>Click: hear it. Double click: keep it on a track.</source>
            <translation>Klick: anhören. Doppelklick: auf einer Spur behalten.</translation>
        </message>
        <message>
            <source>It is being made here. Click: hear what there is.</source>
            <translation>Er entsteht hier. Klick: anhören, was da ist.</translation>
        </message>
    </context>
    <context>
        <name>Hand</name>
        <message>
            <source>Only instrument tracks take drawn clips: drop a sound file on this one.</source>
            <translation>Clips lassen sich nur auf Instrumentspuren zeichnen: auf diese Spur eine Audiodatei ziehen.</translation>
        </message>
    </context>
    <context>
        <name>HandOverBridge</name>
        <message>
            <source>There are no notes in it, so it has no MIDI; drag it as sound.</source>
            <translation>Darin sind keine Noten, also gibt es kein MIDI; als Audio ziehen.</translation>
        </message>
    </context>
    <context>
        <name>HeaderOpeners</name>
        <message>
            <source>Name of the track</source>
            <translation>Name der Spur</translation>
        </message>
        <message>
            <source>Level in dB</source>
            <translation>Pegel in dB</translation>
        </message>
        <message>
            <source>fader</source>
            <translation>Fader</translation>
        </message>
        <message>
            <source>pan</source>
            <translation>Panorama</translation>
        </message>
        <message>
            <source>mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>solo</source>
            <translation>Solo</translation>
        </message>
        <message>
            <source>arm</source>
            <translation>Aufnahmebereit</translation>
        </message>
        <message>
            <source>Learn MIDI</source>
            <translation>MIDI lernen</translation>
        </message>
        <message>
            <source>A level is a number of decibels, like -6 or +1.5.</source>
            <translation>Ein Pegel ist eine Zahl in Dezibel, etwa -6 oder +1.5.</translation>
        </message>
    </context>
    <context>
        <name>Headers</name>
        <message>
            <source>Tracks</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>Add instrument track</source>
            <translation>Instrumentspur hinzufügen</translation>
        </message>
        <message>
            <source>Add audio track</source>
            <translation>Audiospur hinzufügen</translation>
        </message>
        <message>
            <source>Add bus</source>
            <translation>Bus hinzufügen</translation>
        </message>
        <message>
            <source>Rename track…</source>
            <translation>Spur umbenennen…</translation>
        </message>
        <message>
            <source>Duplicate track</source>
            <translation>Spur duplizieren</translation>
        </message>
        <message>
            <source>Group tracks</source>
            <translation>Spuren gruppieren</translation>
        </message>
        <message>
            <source>Delete tracks</source>
            <translation>Spuren löschen</translation>
        </message>
        <message>
            <source>Mute or unmute tracks</source>
            <translation>Spuren stumm an/aus</translation>
        </message>
        <message>
            <source>Solo or unsolo tracks</source>
            <translation>Spuren solo an/aus</translation>
        </message>
        <message>
            <source>Arm or disarm tracks</source>
            <translation>Spuren scharf an/aus</translation>
        </message>
        <message>
            <source>Choose instrument…</source>
            <translation>Instrument wählen…</translation>
        </message>
        <message>
            <source>Show or hide automation</source>
            <translation>Automation ein-/ausblenden</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <source>Add track</source>
            <translation>Spur hinzufügen</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgang</translation>
        </message>
        <message>
            <source>Show automation of</source>
            <translation>Automation zeigen von</translation>
        </message>
        <message>
            <source>Open one more lane</source>
            <translation>Weitere Zeile öffnen</translation>
        </message>
        <message>
            <source>Automation moves the knob</source>
            <translation>Automation bewegt den Regler</translation>
        </message>
        <message>
            <source>Remove automation</source>
            <translation>Automation entfernen</translation>
        </message>
        <message>
            <source>Close lane</source>
            <translation>Spurzeile schließen</translation>
        </message>
        <message>
            <source>Row height</source>
            <translation>Zeilenhöhe</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>Klein</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Large</source>
            <translation>Groß</translation>
        </message>
        <message>
            <source>Huge</source>
            <translation>Riesig</translation>
        </message>
        <message>
            <source>As usual</source>
            <translation>Wie üblich</translation>
        </message>
        <message>
            <source>{value}  ·  click to draw</source>
            <translation>{value}  ·  Klick zeichnet</translation>
        </message>
        <message>
            <source>Add an instrument, audio or bus track</source>
            <translation>Instrument-, Audio- oder Busspur hinzufügen</translation>
        </message>
        <message>
            <source>Choose the instrument</source>
            <translation>Instrument wählen</translation>
        </message>
        <message>
            <source>Choose where it plays to</source>
            <translation>Ausgang wählen</translation>
        </message>
        <message>
            <source>Drag “{name}” into your DAW</source>
            <translation>„{name}“ in die DAW ziehen</translation>
        </message>
        <message>
            <source>Colour of the track</source>
            <translation>Spurfarbe</translation>
        </message>
        <message>
            <source>{name}: double-click to rename</source>
            <translation>{name}: Doppelklick benennt um</translation>
        </message>
        <message>
            <source>Mute (M)</source>
            <translation>Stumm (M)</translation>
        </message>
        <message>
            <source>Solo (S); Ctrl+click: this one alone</source>
            <translation>Solo (S); Strg+Klick: nur diese</translation>
        </message>
        <message>
            <source>Arm for recording (Shift+R)</source>
            <translation>Scharf schalten (Umschalt+R)</translation>
        </message>
        <message>
            <source>Level: double-click for 0 dB, Shift for small steps</source>
            <translation>Pegel: Doppelklick für 0 dB, Umschalt für kleine Schritte</translation>
        </message>
        <message>
            <source>Level: double-click to type it</source>
            <translation>Pegel: Doppelklick zum Eingeben</translation>
        </message>
        <message>
            <source>Show or hide automation (A)</source>
            <translation>Automation ein-/ausblenden (A)</translation>
        </message>
        <message>
            <source>Drag for the row's height</source>
            <translation>Ziehen ändert die Zeilenhöhe</translation>
        </message>
        <message>
            <source>Choose what this lane shows</source>
            <translation>Inhalt dieser Zeile wählen</translation>
        </message>
        <message>
            <source>Automation on or off</source>
            <translation>Automation an/aus</translation>
        </message>
        <message>
            <source>Close this lane; its automation goes on</source>
            <translation>Diese Zeile schließen; die Automation läuft weiter</translation>
        </message>
        <message>
            <source>Choose instrument</source>
            <translation>Instrument wählen</translation>
        </message>
        <message>
            <source>Audio</source>
            <translation>Audio</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Return</translation>
        </message>
        <message>
            <source>Bus</source>
            <translation>Bus</translation>
        </message>
        <message>
            <source>muted</source>
            <translation>stumm</translation>
        </message>
        <message>
            <source>soloed</source>
            <translation>solo</translation>
        </message>
        <message>
            <source>armed</source>
            <translation>scharf</translation>
        </message>
        <message>
            <source>frozen</source>
            <translation>eingefroren</translation>
        </message>
    </context>
    <context>
        <name>HeadersView</name>
        <message>
            <source>Tracks</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Einfrieren</translation>
        </message>
        <message>
            <source>Unfreeze</source>
            <translation>Auftauen</translation>
        </message>
        <message>
            <source>Bounce to audio</source>
            <translation>Als Audio bouncen</translation>
        </message>
        <message>
            <source>Make its stem ready for a drag into a DAW</source>
            <translation>Stem zum Ziehen in die DAW vorbereiten</translation>
        </message>
        <message numerus="yes">
            <source>%n track(s)</source>
            <translation>
                <numerusform>%n Spur</numerusform>
                <numerusform>%n Spuren</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HistoryPanel</name>
        <message>
            <source>History of edits</source>
            <translation>Verlauf der Schritte</translation>
        </message>
        <message>
            <source>As opened</source>
            <translation>Wie geöffnet</translation>
        </message>
    </context>
    <context>
        <name>HumanizePopover</name>
        <message>
            <source>Humanize</source>
            <translation>Humanisieren</translation>
        </message>
        <message>
            <source> % of a beat</source>
            <translation> % eines Schlags</translation>
        </message>
        <message>
            <source>Timing</source>
            <translation>Timing</translation>
        </message>
        <message>
            <source>Velocity</source>
            <translation>Anschlagstärke</translation>
        </message>
    </context>
    <context>
        <name>ImportReportDialog</name>
        <message>
            <source>Imported, with differences</source>
            <translation>Importiert, mit Unterschieden</translation>
        </message>
        <message>
            <source>What is not as the files have it</source>
            <translation>Was anders ist als in den Dateien</translation>
        </message>
        <message>
            <source>Copy all</source>
            <translation>Alles kopieren</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Everything else came in. Undo takes it all away again.</source>
            <translation>Alles andere ist da. Rückgängig nimmt alles wieder weg.</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) are not as the files have them</source>
            <translation>
                <numerusform>%n Sache ist anders als in den Dateien</numerusform>
                <numerusform>%n Dinge sind anders als in den Dateien</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Importing</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n Datei</numerusform>
                <numerusform>%n Dateien</numerusform>
            </translation>
        </message>
        <message>
            <source>The project moved while {names} came in; import it once more.</source>
            <translation>Das Projekt wurde verlegt, während {names} importiert wurde; noch einmal importieren.</translation>
        </message>
        <message>
            <source>Importing {names}</source>
            <translation>{names} wird importiert</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) are not as the files have them</source>
            <translation>
                <numerusform>%n Sache ist anders als in den Dateien</numerusform>
                <numerusform>%n Dinge sind anders als in den Dateien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s) imported</source>
            <translation>
                <numerusform>%n Clip importiert</numerusform>
                <numerusform>%n Clips importiert</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>InspectorPanel</name>
        <message>
            <source>Inspector</source>
            <translation>Inspektor</translation>
        </message>
        <message>
            <source>Clip</source>
            <translation>Clip</translation>
        </message>
        <message>
            <source>Clips</source>
            <translation>Clips</translation>
        </message>
        <message>
            <source>Track</source>
            <translation>Spur</translation>
        </message>
        <message>
            <source>Selected time</source>
            <translation>Zeitauswahl</translation>
        </message>
        <message>
            <source>Song</source>
            <translation>Song</translation>
        </message>
    </context>
    <context>
        <name>JobList</name>
        <message>
            <source>Jobs</source>
            <translation>Aufträge</translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>Retry</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Progress of {title}</source>
            <translation>Fortschritt von {title}</translation>
        </message>
        <message>
            <source>Close this notice</source>
            <translation>Hinweis schließen</translation>
        </message>
        <message>
            <source>Stop {title}</source>
            <translation>{title} stoppen</translation>
        </message>
        <message>
            <source>waits</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Stoppt</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Startet</translation>
        </message>
    </context>
    <context>
        <name>JobTimes</name>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
    </context>
    <context>
        <name>KeepRow</name>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep at the play head's bar</source>
            <translation>Beim Takt des Abspielkopfs behalten</translation>
        </message>
        <message>
            <source>Other ways to keep</source>
            <translation>Anders behalten</translation>
        </message>
        <message>
            <source>Keep on tracks</source>
            <translation>Auf Spuren behalten</translation>
        </message>
        <message>
            <source>Keep in place of what is there</source>
            <translation>Statt des Vorhandenen behalten</translation>
        </message>
        <message>
            <source>Keep on new tracks</source>
            <translation>Auf neuen Spuren behalten</translation>
        </message>
        <message>
            <source>{what}. {undo} brings the old back.</source>
            <translation>{what}. {undo} holt das Alte zurück.</translation>
        </message>
        <message>
            <source>Select a take to keep it</source>
            <translation>Zum Behalten einen Take wählen</translation>
        </message>
        <message>
            <source>in the song already</source>
            <translation>schon im Song</translation>
        </message>
        <message>
            <source>in place of what is there</source>
            <translation>statt des Vorhandenen</translation>
        </message>
        <message>
            <source>beside what is there</source>
            <translation>neben dem Vorhandenen</translation>
        </message>
        <message>
            <source>as the song</source>
            <translation>als Song</translation>
        </message>
    </context>
    <context>
        <name>KeyboardView</name>
        <message>
            <source>Keyboard</source>
            <translation>Klaviatur</translation>
        </message>
        <message>
            <source>Click to hear the sound; double-click to select its notes</source>
            <translation>Klick spielt den Klang; Doppelklick wählt seine Noten</translation>
        </message>
    </context>
    <context>
        <name>KnobControl</name>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
    </context>
    <context>
        <name>LaneFields</name>
        <message>
            <source>Name of the section</source>
            <translation>Name des Abschnitts</translation>
        </message>
        <message>
            <source>Chord, such as Am7 or F#m7b5</source>
            <translation>Akkord, etwa Am7 oder F#m7b5</translation>
        </message>
        <message>
            <source>Key, such as F# minor or D dorian</source>
            <translation>Tonart, etwa F# minor oder D dorian</translation>
        </message>
        <message>
            <source>Meter, such as 4/4 or 7/8</source>
            <translation>Taktart, etwa 4/4 oder 7/8</translation>
        </message>
        <message>
            <source>Tempo in beats per minute</source>
            <translation>Tempo in Schlägen pro Minute</translation>
        </message>
        <message>
            <source>Name of the marker</source>
            <translation>Name des Markers</translation>
        </message>
    </context>
    <context>
        <name>LaneModel</name>
        <message>
            <source>This is no value: type a number, like {example}.</source>
            <translation>Das ist kein Wert: eine Zahl eingeben, etwa {example}.</translation>
        </message>
    </context>
    <context>
        <name>LaneScale</name>
        <message>
            <source>Values of the lane</source>
            <translation>Werte der Zeile</translation>
        </message>
    </context>
    <context>
        <name>LaneView</name>
        <message>
            <source>Lane of velocities or of a controller</source>
            <translation>Zeile für Anschlagstärke oder einen Controller</translation>
        </message>
        <message>
            <source>Draw here to move this controller</source>
            <translation>Hier zeichnen bewegt diesen Controller</translation>
        </message>
    </context>
    <context>
        <name>Lanes</name>
        <message>
            <source>Show lanes</source>
            <translation>Zeilen zeigen</translation>
        </message>
        <message>
            <source>Loop this section</source>
            <translation>Abschnitt loopen</translation>
        </message>
        <message>
            <source>Select its bars</source>
            <translation>Seine Takte auswählen</translation>
        </message>
        <message>
            <source>Duplicate with its clips	Alt+Drag</source>
            <translation>Mit seinen Clips duplizieren	Alt+Ziehen</translation>
        </message>
        <message>
            <source>Ramp to the next tempo</source>
            <translation>Rampe zum nächsten Tempo</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Umbenennen…</translation>
        </message>
        <message>
            <source>Type chord…</source>
            <translation>Akkord eingeben…</translation>
        </message>
        <message>
            <source>Type key…</source>
            <translation>Tonart eingeben…</translation>
        </message>
        <message>
            <source>Type meter…</source>
            <translation>Taktart eingeben…</translation>
        </message>
        <message>
            <source>Type tempo…</source>
            <translation>Tempo eingeben…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Add section here</source>
            <translation>Hier Abschnitt hinzufügen</translation>
        </message>
        <message>
            <source>Add marker here</source>
            <translation>Hier Marker hinzufügen</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Loop</translation>
        </message>
        <message>
            <source>End the song with its last clip</source>
            <translation>Song mit dem letzten Clip beenden</translation>
        </message>
        <message>
            <source>Type chord here…</source>
            <translation>Hier Akkord eingeben…</translation>
        </message>
        <message>
            <source>Change key here…</source>
            <translation>Hier Tonart ändern…</translation>
        </message>
        <message>
            <source>Change meter here…</source>
            <translation>Hier Taktart ändern…</translation>
        </message>
        <message>
            <source>Add tempo point here</source>
            <translation>Hier Tempopunkt setzen</translation>
        </message>
        <message>
            <source>Chords of {key}</source>
            <translation>Akkorde in {key}</translation>
        </message>
        <message>
            <source>Sevenths of {key}</source>
            <translation>Septakkorde in {key}</translation>
        </message>
        <message>
            <source>Sections</source>
            <translation>Abschnitte</translation>
        </message>
        <message>
            <source>Chords</source>
            <translation>Akkorde</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
        <message>
            <source>Meter</source>
            <translation>Taktart</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Ruler</source>
            <translation>Lineal</translation>
        </message>
        <message>
            <source>Double-click to add a section</source>
            <translation>Doppelklick: neuer Abschnitt</translation>
        </message>
        <message>
            <source>Double-click to type a chord</source>
            <translation>Doppelklick: Akkord eingeben</translation>
        </message>
        <message>
            <source>Double-click to type the key</source>
            <translation>Doppelklick: Tonart eingeben</translation>
        </message>
        <message>
            <source>Drag to set the loop</source>
            <translation>Ziehen setzt den Loop</translation>
        </message>
        <message>
            <source>The loop: drag it, drag its ends, double-click switches it</source>
            <translation>Loop: ziehen, an den Enden ziehen, Doppelklick schaltet ihn</translation>
        </message>
        <message>
            <source>Drag the loop's start</source>
            <translation>Loop-Anfang ziehen</translation>
        </message>
        <message>
            <source>Drag the loop's end</source>
            <translation>Loop-Ende ziehen</translation>
        </message>
        <message>
            <source>Click to move the play head, Shift+drag to select bars</source>
            <translation>Klick setzt den Abspielkopf, Umschalt+Ziehen wählt Takte</translation>
        </message>
        <message>
            <source>The song's end: drag it; double-click lets it end with its last clip</source>
            <translation>Songende: ziehen; Doppelklick lässt ihn mit dem letzten Clip enden</translation>
        </message>
        <message>
            <source>{lane}: double-click to add</source>
            <translation>{lane}: Doppelklick fügt hinzu</translation>
        </message>
    </context>
    <context>
        <name>LanesCorner</name>
        <message>
            <source>Names of the lanes</source>
            <translation>Namen der Zeilen</translation>
        </message>
        <message>
            <source>Choose which lanes are shown</source>
            <translation>Sichtbare Zeilen wählen</translation>
        </message>
    </context>
    <context>
        <name>LanesModel</name>
        <message>
            <source>A tempo is a number of beats per minute, like 92 or 92.5.</source>
            <translation>Ein Tempo ist eine Zahl in Schlägen pro Minute, etwa 92 oder 92.5.</translation>
        </message>
        <message>
            <source>Section {number}</source>
            <translation>Abschnitt {number}</translation>
        </message>
        <message>
            <source>Marker {number}</source>
            <translation>Marker {number}</translation>
        </message>
    </context>
    <context>
        <name>LanesView</name>
        <message>
            <source>Lanes of the song</source>
            <translation>Zeilen des Songs</translation>
        </message>
        <message>
            <source>Song lanes</source>
            <translation>Songzeilen</translation>
        </message>
        <message>
            <source>Rename or retype</source>
            <translation>Umbenennen oder neu eingeben</translation>
        </message>
        <message>
            <source>Delete the selected section, chord or marker</source>
            <translation>Auswahl löschen</translation>
        </message>
        <message>
            <source>Add marker at the play head</source>
            <translation>Marker am Abspielkopf setzen</translation>
        </message>
        <message>
            <source>Previous marker or section</source>
            <translation>Voriger Marker oder Abschnitt</translation>
        </message>
        <message>
            <source>Next marker or section</source>
            <translation>Nächster Marker oder Abschnitt</translation>
        </message>
    </context>
    <context>
        <name>LatencyMeasurement</name>
        <message>
            <source>Measuring latency</source>
            <translation>Latenz messen</translation>
        </message>
        <message>
            <source>“{device}”: out and back takes {ms} ms; recordings are placed by it from now on.</source>
            <translation>„{device}“: hin und zurück dauert {ms} ms; Aufnahmen werden ab jetzt danach platziert.</translation>
        </message>
        <message>
            <source>The measurement was stopped.</source>
            <translation>Die Messung wurde abgebrochen.</translation>
        </message>
    </context>
    <context>
        <name>Learn</name>
        <message>
            <source>Learn MIDI for {name}…</source>
            <translation>MIDI für {name} lernen…</translation>
        </message>
        <message>
            <source>Learn MIDI…</source>
            <translation>MIDI lernen…</translation>
        </message>
        <message>
            <source>Forget MIDI ({controller})</source>
            <translation>MIDI vergessen ({controller})</translation>
        </message>
        <message>
            <source>MIDI: {controller}</source>
            <translation>MIDI: {controller}</translation>
        </message>
    </context>
    <context>
        <name>LearnBridge</name>
        <message>
            <source>CC {number} · channel {channel}</source>
            <translation>CC {number} · Kanal {channel}</translation>
        </message>
        <message>
            <source>Note {number} · channel {channel}</source>
            <translation>Note {number} · Kanal {channel}</translation>
        </message>
        <message>
            <source>“{name}” follows {controller} of {port}.</source>
            <translation>„{name}“ folgt {controller} von {port}.</translation>
        </message>
    </context>
    <context>
        <name>LearnPopup</name>
        <message>
            <source>Learn MIDI</source>
            <translation>MIDI lernen</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Neu suchen</translation>
        </message>
        <message>
            <source>Forget MIDI</source>
            <translation>MIDI vergessen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Move a knob or a fader of your controller, or press one of its buttons.</source>
            <translation>Einen Regler oder Fader des Controllers bewegen oder einen seiner Knöpfe drücken.</translation>
        </message>
        <message>
            <source>Playback is off: no MIDI input can be heard. Start it, and learn again.</source>
            <translation>Die Wiedergabe ist aus: Kein MIDI-Eingang ist zu hören. Starten und noch einmal lernen.</translation>
        </message>
        <message>
            <source>Looking for MIDI inputs…</source>
            <translation>MIDI-Eingänge werden gesucht…</translation>
        </message>
        <message>
            <source>No MIDI input is connected. Plug a controller in; it is found by itself.</source>
            <translation>Kein MIDI-Eingang ist angeschlossen. Einen Controller anschließen; er wird von selbst gefunden.</translation>
        </message>
        <message>
            <source>Listening to {names}.</source>
            <translation>Gehört wird auf {names}.</translation>
        </message>
    </context>
    <context>
        <name>LookPage</name>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Changes at the next start.</source>
            <translation>Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Reset layout</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>Panels</translation>
        </message>
        <message>
            <source>Puts all panels where they were at the first start.</source>
            <translation>Stellt alle Panels dorthin, wo sie beim ersten Start waren.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>New project</source>
            <translation>Neues Projekt</translation>
        </message>
        <message>
            <source>Open project…</source>
            <translation>Projekt öffnen…</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>Speichern unter…</translation>
        </message>
        <message>
            <source>Import audio or MIDI…</source>
            <translation>Audio oder MIDI importieren…</translation>
        </message>
        <message>
            <source>Send to DAW…</source>
            <translation>An DAW senden…</translation>
        </message>
        <message>
            <source>Write stems, MIDI and the mix for your DAW</source>
            <translation>Stems, MIDI und den Mix für die DAW schreiben</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Transport</source>
            <translation>Transport</translation>
        </message>
        <message>
            <source>Play or stop</source>
            <translation>Wiedergabe/Stopp</translation>
        </message>
        <message>
            <source>Stop and go back to where playing began</source>
            <translation>Stopp und zurück zum Startpunkt</translation>
        </message>
        <message>
            <source>Go to the start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <source>Go to the end</source>
            <translation>Zum Ende</translation>
        </message>
        <message>
            <source>One bar back</source>
            <translation>Einen Takt zurück</translation>
        </message>
        <message>
            <source>One bar forward</source>
            <translation>Einen Takt vor</translation>
        </message>
        <message>
            <source>Record on armed tracks</source>
            <translation>Auf scharfen Spuren aufnehmen</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Loop</translation>
        </message>
        <message>
            <source>Metronome</source>
            <translation>Metronom</translation>
        </message>
        <message>
            <source>Open project</source>
            <translation>Projekt öffnen</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Gespeichert.</translation>
        </message>
        <message>
            <source>Save project as</source>
            <translation>Projekt speichern unter</translation>
        </message>
        <message>
            <source>Saved as “{name}” in {folder}.</source>
            <translation>Als „{name}“ in {folder} gespeichert.</translation>
        </message>
        <message>
            <source>Audio, MIDI and DAWproject ({patterns})</source>
            <translation>Audio, MIDI und DAWproject ({patterns})</translation>
        </message>
        <message>
            <source>Import audio, MIDI or a song</source>
            <translation>Audio, MIDI oder einen Song importieren</translation>
        </message>
        <message>
            <source>This project is open without playback and waveforms, because opening it failed before.</source>
            <translation>Dieses Projekt ist ohne Wiedergabe und Wellenformen geöffnet, weil das Öffnen zuvor misslang.</translation>
        </message>
        <message>
            <source>Start playback</source>
            <translation>Wiedergabe starten</translation>
        </message>
        <message numerus="yes">
            <source>Brought back: %n edit(s) since the last save.</source>
            <translation>
                <numerusform>Wiederhergestellt: %n Schritt seit dem letzten Speichern.</numerusform>
                <numerusform>Wiederhergestellt: %n Schritte seit dem letzten Speichern.</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep this song?</source>
            <translation>Diesen Song behalten?</translation>
        </message>
        <message>
            <source>“{name}” has no place of its own yet.</source>
            <translation>„{name}“ hat noch keinen eigenen Ort.</translation>
        </message>
        <message>
            <source>Without one it stays among the unsaved projects, and the start page lists it.</source>
            <translation>Ohne ihn bleibt er bei den ungespeicherten Projekten, und die Startseite führt ihn auf.</translation>
        </message>
        <message>
            <source>Keep as it is</source>
            <translation>So behalten</translation>
        </message>
    </context>
    <context>
        <name>MasterMeter</name>
        <message>
            <source>Master level</source>
            <translation>Masterpegel</translation>
        </message>
        <message>
            <source>Master: peak left and right, and short-term loudness</source>
            <translation>Master: Spitzenpegel links und rechts, Kurzzeit-Lautheit</translation>
        </message>
    </context>
    <context>
        <name>MelodyRow</name>
        <message>
            <source>Melody</source>
            <translation>Melodie</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Wählen</translation>
        </message>
        <message>
            <source>Choose a melody</source>
            <translation>Eine Melodie wählen</translation>
        </message>
        <message>
            <source>Follow no melody</source>
            <translation>Keiner Melodie folgen</translation>
        </message>
        <message>
            <source>none: drop a sound file here</source>
            <translation>keine: Klangdatei hierher ziehen</translation>
        </message>
        <message>
            <source>this model follows none</source>
            <translation>dieses Modell folgt keiner</translation>
        </message>
        <message>
            <source>The sound follows the notes of this melody, in your own words' style</source>
            <translation>Der Klang folgt den Tönen dieser Melodie, im Stil des Prompts</translation>
        </message>
        <message>
            <source>Models whose name says “melody” can follow one; the Library has them</source>
            <translation>Modelle mit „melody“ im Namen können einer folgen; die Bibliothek hat sie</translation>
        </message>
        <message>
            <source>A sound file…</source>
            <translation>Eine Klangdatei …</translation>
        </message>
        <message>
            <source>A track of the project</source>
            <translation>Eine Spur des Projekts</translation>
        </message>
        <message>
            <source>Sound ({patterns})</source>
            <translation>Klang ({patterns})</translation>
        </message>
        <message>
            <source>The melody to follow</source>
            <translation>Die Melodie zum Folgen</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>Cut</source>
            <translation>Ausschneiden</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alles auswählen</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Song</source>
            <translation>&amp;Song</translation>
        </message>
        <message>
            <source>&amp;Track</source>
            <translation>S&amp;pur</translation>
        </message>
        <message>
            <source>&amp;Clip</source>
            <translation>&amp;Clip</translation>
        </message>
        <message>
            <source>&amp;Notes</source>
            <translation>&amp;Noten</translation>
        </message>
        <message>
            <source>&amp;Mixer</source>
            <translation>&amp;Mixer</translation>
        </message>
        <message>
            <source>T&amp;akes</source>
            <translation>Ta&amp;kes</translation>
        </message>
        <message>
            <source>T&amp;ransport</source>
            <translation>&amp;Transport</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>Open recent</source>
            <translation>Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>No recent projects</source>
            <translation>Keine letzten Projekte</translation>
        </message>
    </context>
    <context>
        <name>MidiGroup</name>
        <message>
            <source>MIDI output</source>
            <translation>MIDI-Ausgang</translation>
        </message>
        <message>
            <source>Where the track's notes go while it plays, besides its own instrument</source>
            <translation>Wohin die Noten der Spur beim Abspielen gehen, neben dem eigenen Instrument</translation>
        </message>
        <message>
            <source>MIDI channel</source>
            <translation>MIDI-Kanal</translation>
        </message>
        <message>
            <source>By itself</source>
            <translation>Von selbst</translation>
        </message>
        <message>
            <source>MIDI</source>
            <translation>MIDI</translation>
        </message>
        <message>
            <source>Sends to</source>
            <translation>Sendet an</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <source>Nowhere</source>
            <translation>Nirgendwohin</translation>
        </message>
        <message>
            <source>Other programs, as “MusicGen Desktop”</source>
            <translation>Andere Programme, als „MusicGen Desktop“</translation>
        </message>
        <message>
            <source>{name} (not connected)</source>
            <translation>{name} (nicht angeschlossen)</translation>
        </message>
    </context>
    <context>
        <name>MidiPage</name>
        <message>
            <source>MIDI</source>
            <translation>MIDI</translation>
        </message>
        <message>
            <source>Looking for MIDI ports…</source>
            <translation>MIDI-Ports werden gesucht…</translation>
        </message>
        <message>
            <source>All there are</source>
            <translation>Alle vorhandenen</translation>
        </message>
        <message>
            <source>Listen to all MIDI inputs</source>
            <translation>Auf alle MIDI-Eingänge hören</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Neu suchen</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>Eingänge</translation>
        </message>
        <message>
            <source>Keyboards play the armed tracks; controllers move what they were learned for.</source>
            <translation>Keyboards spielen die aufnahmebereiten Spuren; Controller bewegen, wofür sie gelernt wurden.</translation>
        </message>
        <message>
            <source>When it comes to where the knob stands</source>
            <translation>Sobald er dort ist, wo der Regler steht</translation>
        </message>
        <message>
            <source>At once</source>
            <translation>Sofort</translation>
        </message>
        <message>
            <source>Take over</source>
            <translation>Übernahme</translation>
        </message>
        <message>
            <source>When a knob on the screen begins to follow its controller. At once, it jumps.</source>
            <translation>Ab wann ein Regler auf dem Bildschirm seinem Controller folgt. Sofort: Er springt.</translation>
        </message>
        <message>
            <source>One for all tracks, a channel each</source>
            <translation>Einer für alle Spuren, je ein Kanal</translation>
        </message>
        <message>
            <source>One for each track</source>
            <translation>Einer für jede Spur</translation>
        </message>
        <message>
            <source>Other programs find it as “MusicGen Desktop”. In the inspector each track says where its notes go.</source>
            <translation>Andere Programme finden ihn als „MusicGen Desktop“. Im Inspektor sagt jede Spur, wohin ihre Noten gehen.</translation>
        </message>
        <message>
            <source>Our output</source>
            <translation>Unser Ausgang</translation>
        </message>
        <message>
            <source>Delay of outputs</source>
            <translation>Verzögerung der Ausgänge</translation>
        </message>
        <message>
            <source>More sends the notes of a port later, less sends them earlier, until all is heard together.</source>
            <translation>Mehr sendet die Noten eines Ports später, weniger früher, bis alles zusammen zu hören ist.</translation>
        </message>
        <message numerus="yes">
            <source>%n input(s) found.</source>
            <translation>
                <numerusform>%n Eingang gefunden.</numerusform>
                <numerusform>%n Eingänge gefunden.</numerusform>
            </translation>
        </message>
        <message>
            <source>No MIDI input is connected. Plug a controller in, and look again.</source>
            <translation>Kein MIDI-Eingang ist angeschlossen. Einen Controller anschließen und neu suchen.</translation>
        </message>
        <message>
            <source>{name} (not connected)</source>
            <translation>{name} (nicht angeschlossen)</translation>
        </message>
        <message>
            <source>One input at least is listened to; forget the controllers to listen to none.</source>
            <translation>Auf mindestens einen Eingang wird gehört; um auf keinen zu hören, die Controller vergessen.</translation>
        </message>
        <message>
            <source>Delay of {name}</source>
            <translation>Verzögerung von {name}</translation>
        </message>
    </context>
    <context>
        <name>MissingMediaDialog</name>
        <message>
            <source>Missing audio files</source>
            <translation>Fehlende Audiodateien</translation>
        </message>
        <message>
            <source>Locate file…</source>
            <translation>Datei suchen…</translation>
        </message>
        <message>
            <source>Search a folder…</source>
            <translation>Ordner durchsuchen…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Go on without</source>
            <translation>Ohne sie weiter</translation>
        </message>
        <message>
            <source>Clips that need them are silent and striped until they are found. A file with the same content is found under any name.</source>
            <translation>Clips, die sie brauchen, sind stumm und gestreift, bis sie gefunden sind. Eine Datei mit gleichem Inhalt wird unter jedem Namen gefunden.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Was at</source>
            <translation>War in</translation>
        </message>
        <message>
            <source>Needed by</source>
            <translation>Benötigt von</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s)</source>
            <translation>
                <numerusform>%n Clip</numerusform>
                <numerusform>%n Clips</numerusform>
            </translation>
        </message>
        <message>
            <source>undo history</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>Fehlt</translation>
        </message>
        <message>
            <source>Found: {name}</source>
            <translation>Gefunden: {name}</translation>
        </message>
        <message numerus="yes">
            <source>%n audio file(s) cannot be found</source>
            <translation>
                <numerusform>%n Audiodatei ist nicht auffindbar</numerusform>
                <numerusform>%n Audiodateien sind nicht auffindbar</numerusform>
            </translation>
        </message>
        <message>
            <source>{found} of {count} found</source>
            <translation>{found} von {count} gefunden</translation>
        </message>
        <message numerus="yes">
            <source>Use %n found file(s)</source>
            <translation>
                <numerusform>%n gefundene Datei verwenden</numerusform>
                <numerusform>%n gefundene Dateien verwenden</numerusform>
            </translation>
        </message>
        <message>
            <source>Use found files</source>
            <translation>Gefundene verwenden</translation>
        </message>
        <message>
            <source>Where is “{name}”?</source>
            <translation>Wo ist „{name}“?</translation>
        </message>
        <message>
            <source>Audio files ({patterns})</source>
            <translation>Audiodateien ({patterns})</translation>
        </message>
        <message>
            <source>Search this folder and all folders in it</source>
            <translation>Diesen Ordner mit Unterordnern durchsuchen</translation>
        </message>
        <message>
            <source>Looking for lost audio files</source>
            <translation>Fehlende Audiodateien werden gesucht</translation>
        </message>
        <message>
            <source>Taking the files that were found</source>
            <translation>Gefundene Dateien werden übernommen</translation>
        </message>
        <message>
            <source>Waiting for what is running…</source>
            <translation>Warten auf laufende Aufträge…</translation>
        </message>
        <message>
            <source>The folder holds too many files to look at all; choose one that is nearer.</source>
            <translation>Der Ordner enthält zu viele Dateien, um alle anzusehen; einen näheren wählen.</translation>
        </message>
        <message>
            <source>None of them is in that folder; try another one.</source>
            <translation>Keine davon ist in diesem Ordner; einen anderen versuchen.</translation>
        </message>
    </context>
    <context>
        <name>Mistakes</name>
        <message>
            <source>Something went wrong inside the program; your work is kept. Help ▸ About makes a report.</source>
            <translation>Im Programm ist etwas schiefgegangen; die Arbeit ist gesichert. Hilfe ▸ Info erstellt einen Bericht.</translation>
        </message>
    </context>
    <context>
        <name>Mixer</name>
        <message>
            <source>Integrated</source>
            <translation>Integriert</translation>
        </message>
        <message>
            <source>Short-term</source>
            <translation>Kurzzeit</translation>
        </message>
        <message>
            <source>Momentary</source>
            <translation>Momentan</translation>
        </message>
        <message>
            <source>True peak</source>
            <translation>True Peak</translation>
        </message>
        <message>
            <source>Tone</source>
            <translation>Klang</translation>
        </message>
        <message>
            <source>Dynamics</source>
            <translation>Dynamik</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Raum</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>Modulation</translation>
        </message>
        <message>
            <source>Drive</source>
            <translation>Verzerrung</translation>
        </message>
        <message>
            <source>Level and more</source>
            <translation>Pegel und mehr</translation>
        </message>
        <message numerus="yes">
            <source>%n track(s)</source>
            <translation>
                <numerusform>%n Spur</numerusform>
                <numerusform>%n Spuren</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n weiterer</numerusform>
                <numerusform>%n weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>Instrument</translation>
        </message>
        <message>
            <source>Audio</source>
            <translation>Audio</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Return</translation>
        </message>
        <message>
            <source>Bus</source>
            <translation>Bus</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgang</translation>
        </message>
        <message>
            <source>Fold or unfold the tracks of {name}</source>
            <translation>Spuren von {name} ein-/ausklappen</translation>
        </message>
        <message>
            <source>Add effect</source>
            <translation>Effekt hinzufügen</translation>
        </message>
        <message numerus="yes">
            <source>All %n effect(s)</source>
            <translation>
                <numerusform>%n Effekt</numerusform>
                <numerusform>Alle %n Effekte</numerusform>
            </translation>
        </message>
        <message>
            <source>Add send</source>
            <translation>Send hinzufügen</translation>
        </message>
        <message numerus="yes">
            <source>All %n send(s)</source>
            <translation>
                <numerusform>%n Send</numerusform>
                <numerusform>Alle %n Sends</numerusform>
            </translation>
        </message>
        <message>
            <source>Output of {name}</source>
            <translation>Ausgang von {name}</translation>
        </message>
        <message>
            <source>Pan: {value}</source>
            <translation>Pan: {value}</translation>
        </message>
        <message>
            <source>Trim: {value}</source>
            <translation>Trim: {value}</translation>
        </message>
        <message>
            <source>Level: {value}</source>
            <translation>Pegel: {value}</translation>
        </message>
        <message>
            <source>{name}: double-click renames</source>
            <translation>{name}: Doppelklick benennt um</translation>
        </message>
        <message>
            <source>Frozen: it plays a file of its sound</source>
            <translation>Eingefroren: spielt eine Datei ihres Klangs</translation>
        </message>
        <message>
            <source>ø Polarity inverted</source>
            <translation>ø Polarität umgekehrt</translation>
        </message>
        <message>
            <source>± Trim: {value}</source>
            <translation>± Trim: {value}</translation>
        </message>
        <message>
            <source>Muted (M)</source>
            <translation>Stumm (M)</translation>
        </message>
        <message>
            <source>Mute (M)</source>
            <translation>Stumm (M)</translation>
        </message>
        <message>
            <source>Armed for recording (Shift+R)</source>
            <translation>Scharf geschaltet (Umschalt+R)</translation>
        </message>
        <message>
            <source>Arm (Shift+R)</source>
            <translation>Scharf schalten (Umschalt+R)</translation>
        </message>
        <message>
            <source>Soloed (S)</source>
            <translation>Solo (S)</translation>
        </message>
        <message>
            <source>Solo (S); with Ctrl this one alone</source>
            <translation>Solo (S); mit Strg nur diese</translation>
        </message>
        <message>
            <source>{name} is not installed: the sound passes it unchanged</source>
            <translation>{name} ist nicht installiert: der Klang läuft unverändert durch</translation>
        </message>
        <message>
            <source>Switch {name} on</source>
            <translation>{name} einschalten</translation>
        </message>
        <message>
            <source>Bypass {name}</source>
            <translation>{name} umgehen</translation>
        </message>
        <message>
            <source>{name} (bypassed)</source>
            <translation>{name} (Bypass)</translation>
        </message>
        <message>
            <source>Send, switched off</source>
            <translation>Send, ausgeschaltet</translation>
        </message>
        <message>
            <source>Send: {value}</source>
            <translation>Send: {value}</translation>
        </message>
        <message>
            <source>Taken before the fader</source>
            <translation>Vor dem Fader abgegriffen</translation>
        </message>
        <message>
            <source>Taken behind the fader</source>
            <translation>Nach dem Fader abgegriffen</translation>
        </message>
        <message>
            <source>Peak level</source>
            <translation>Spitzenpegel</translation>
        </message>
        <message>
            <source>Clipped: the highest peak was {value}. A click forgets it.</source>
            <translation>Übersteuert: höchste Spitze {value}. Ein Klick setzt zurück.</translation>
        </message>
        <message>
            <source>The highest peak was {value}. A click forgets it.</source>
            <translation>Höchste Spitze {value}. Ein Klick setzt zurück.</translation>
        </message>
    </context>
    <context>
        <name>MixerPanel</name>
        <message>
            <source>Mixer</source>
            <translation>Mixer</translation>
        </message>
        <message>
            <source>No tracks yet</source>
            <translation>Noch keine Spuren</translation>
        </message>
        <message>
            <source>Compose a song or add a track: each one gets a strip with level, effects and sends.</source>
            <translation>Einen Song komponieren oder eine Spur hinzufügen: jede bekommt einen Kanalzug mit Pegel, Effekten und Sends.</translation>
        </message>
        <message>
            <source>Group tracks</source>
            <translation>Spuren gruppieren</translation>
        </message>
        <message>
            <source>Add bus</source>
            <translation>Bus hinzufügen</translation>
        </message>
        <message>
            <source>Rename strip</source>
            <translation>Kanalzug umbenennen</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>Solo</translation>
        </message>
        <message>
            <source>Arm for recording</source>
            <translation>Scharf schalten</translation>
        </message>
        <message>
            <source>Show effects</source>
            <translation>Effekte zeigen</translation>
        </message>
        <message>
            <source>Show sends</source>
            <translation>Sends zeigen</translation>
        </message>
        <message>
            <source>Narrow strips</source>
            <translation>Schmale Kanalzüge</translation>
        </message>
    </context>
    <context>
        <name>MixerTouch</name>
        <message>
            <source>“{text}” is no level: type a number such as −6, or −inf.</source>
            <translation>„{text}“ ist kein Pegel: eine Zahl wie −6 eingeben oder −inf.</translation>
        </message>
    </context>
    <context>
        <name>MixerView</name>
        <message>
            <source>Mixer</source>
            <translation>Mixer</translation>
        </message>
    </context>
    <context>
        <name>ModeRow</name>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Remake</source>
            <translation>Erneuern</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Ebene</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source>Get</source>
            <translation>Holen</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Compare its files with their hashes and make a second of sound</source>
            <translation>Vergleicht die Dateien mit ihren Prüfsummen und erzeugt eine Sekunde Klang</translation>
        </message>
        <message>
            <source>Unload</source>
            <translation>Entladen</translation>
        </message>
        <message>
            <source>Give its memory back; the next take loads it again</source>
            <translation>Gibt den Speicher zurück; der nächste Take lädt es wieder</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen…</translation>
        </message>
        <message>
            <source>Remove for good</source>
            <translation>Endgültig entfernen</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Installiert</translation>
        </message>
        <message>
            <source>Not installed</source>
            <translation>Nicht installiert</translation>
        </message>
        <message>
            <source>Broken</source>
            <translation>Beschädigt</translation>
        </message>
        <message>
            <source>Unknown licence</source>
            <translation>Unbekannte Lizenz</translation>
        </message>
        <message>
            <source>{licence}: what it makes may be sold</source>
            <translation>{licence}: Musik daraus darf verkauft werden</translation>
        </message>
        <message>
            <source>{licence}: not for commercial release</source>
            <translation>{licence}: nicht für kommerzielle Veröffentlichungen</translation>
        </message>
        <message>
            <source>stereo</source>
            <translation>stereo</translation>
        </message>
        <message>
            <source>mono</source>
            <translation>mono</translation>
        </message>
        <message>
            <source>follows a melody</source>
            <translation>folgt einer Melodie</translation>
        </message>
        <message>
            <source>hears {seconds:g} s at once</source>
            <translation>hört {seconds:g} s auf einmal</translation>
        </message>
        <message>
            <source>Download {size}</source>
            <translation>Download {size}</translation>
        </message>
        <message>
            <source>Disk {size}</source>
            <translation>Festplatte {size}</translation>
        </message>
        <message>
            <source>{size} have arrived</source>
            <translation>{size} sind schon da</translation>
        </message>
        <message>
            <source>Memory {least} (int8) to {most} (fp32)</source>
            <translation>Speicher {least} (int8) bis {most} (fp32)</translation>
        </message>
        <message>
            <source>loaded, takes {size} now</source>
            <translation>geladen, belegt jetzt {size}</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Downloads are switched off</source>
            <translation>Downloads sind ausgeschaltet</translation>
        </message>
        <message>
            <source>Downloads {size} from huggingface.co/{repository}</source>
            <translation>Lädt {size} von huggingface.co/{repository}</translation>
        </message>
    </context>
    <context>
        <name>ModelLibraryPage</name>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
    </context>
    <context>
        <name>ModelRow</name>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Look for models again</source>
            <translation>Noch einmal nach Modellen suchen</translation>
        </message>
        <message>
            <source>Open the Library</source>
            <translation>Bibliothek öffnen</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>No model of {engine} is installed. The Library gets one, or adds one from a folder.</source>
            <translation>Kein Modell von {engine} ist installiert. Die Bibliothek holt eines oder nimmt es aus einem Ordner.</translation>
        </message>
        <message>
            <source>Decodes by: {path}</source>
            <translation>Dekodiert mit: {path}</translation>
        </message>
    </context>
    <context>
        <name>ModelsSection</name>
        <message>
            <source>Commercial-safe only</source>
            <translation>Nur kommerziell nutzbare</translation>
        </message>
        <message>
            <source>Only models whose licence lets you sell what they make</source>
            <translation>Nur Modelle, deren Musik laut Lizenz verkauft werden darf</translation>
        </message>
        <message>
            <source>Stay offline</source>
            <translation>Offline bleiben</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Install a model that is on this machine already</source>
            <translation>Ein Modell installieren, das schon auf diesem Rechner liegt</translation>
        </message>
        <message>
            <source>From a folder…</source>
            <translation>Aus einem Ordner…</translation>
        </message>
        <message>
            <source>From a zip…</source>
            <translation>Aus einer ZIP-Datei…</translation>
        </message>
        <message>
            <source>{used} of models, {free} free</source>
            <translation>{used} belegt, {free} frei</translation>
        </message>
        <message>
            <source>{free} free</source>
            <translation>{free} frei</translation>
        </message>
        <message>
            <source>No model's licence lets you sell what it makes. What Composer writes is your own.</source>
            <translation>Bei keinem Modell erlaubt die Lizenz, seine Musik zu verkaufen. Was Composer schreibt, ist frei nutzbar.</translation>
        </message>
        <message>
            <source>Set by MUSICGEN_DESKTOP_OFFLINE in the environment</source>
            <translation>Von MUSICGEN_DESKTOP_OFFLINE in der Umgebung bestimmt</translation>
        </message>
        <message>
            <source>Nothing is downloaded, not even a model that you ask for</source>
            <translation>Nichts wird heruntergeladen, auch kein gewünschtes Modell</translation>
        </message>
        <message>
            <source>The folder of a MusicGen model</source>
            <translation>Der Ordner eines MusicGen-Modells</translation>
        </message>
        <message>
            <source>The zip of a MusicGen model</source>
            <translation>Die ZIP-Datei eines MusicGen-Modells</translation>
        </message>
        <message>
            <source>Zip files (*.zip)</source>
            <translation>ZIP-Dateien (*.zip)</translation>
        </message>
        <message>
            <source>MusicGen models</source>
            <translation>MusicGen-Modelle</translation>
        </message>
    </context>
    <context>
        <name>ModelsViewModel</name>
        <message>
            <source>“{name}” was removed.</source>
            <translation>„{name}“ wurde entfernt.</translation>
        </message>
        <message>
            <source>“{name}”: what has arrived is kept; Get goes on from there.</source>
            <translation>„{name}“: Was schon da ist, bleibt erhalten; „Weiter“ setzt dort fort.</translation>
        </message>
        <message>
            <source>“{name}” is installed.</source>
            <translation>„{name}“ ist installiert.</translation>
        </message>
    </context>
    <context>
        <name>NotesGroup</name>
        <message>
            <source>Notes</source>
            <translation>Noten</translation>
        </message>
        <message>
            <source>Loop the notes inside the clip</source>
            <translation>Noten im Clip loopen</translation>
        </message>
        <message>
            <source>Length of the loop: bars.beats.ticks</source>
            <translation>Länge des Loops: Takte.Schläge.Ticks</translation>
        </message>
        <message>
            <source>Velocity of all notes, of what it was</source>
            <translation>Anschlagstärke aller Noten, relativ zu vorher</translation>
        </message>
        <message>
            <source>Quantize to</source>
            <translation>Quantisieren auf</translation>
        </message>
        <message>
            <source>Quantize</source>
            <translation>Quantisieren</translation>
        </message>
        <message>
            <source>Draw all notes to this grid</source>
            <translation>Alle Noten auf dieses Raster ziehen</translation>
        </message>
        <message>
            <source>Range</source>
            <translation>Umfang</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Loop</translation>
        </message>
        <message>
            <source>Transpose</source>
            <translation>Tonhöhe</translation>
        </message>
        <message>
            <source>Velocity</source>
            <translation>Anschlag</translation>
        </message>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n Note</numerusform>
                <numerusform>%n Noten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Transpose by %n semitone(s)</source>
            <translation>
                <numerusform>Um %n Halbton transponieren</numerusform>
                <numerusform>Um %n Halbtöne transponieren</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NotesView</name>
        <message>
            <source>Notes</source>
            <translation>Noten</translation>
        </message>
        <message>
            <source>Selected notes: {count}</source>
            <translation>Gewählte Noten: {count}</translation>
        </message>
    </context>
    <context>
        <name>NothingFoundPage</name>
        <message>
            <source>No take is like that.</source>
            <translation>Kein Take ist so.</translation>
        </message>
        <message>
            <source>Show all takes</source>
            <translation>Alle Takes zeigen</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>Close this notice</source>
            <translation>Hinweis schließen</translation>
        </message>
    </context>
    <context>
        <name>NumberField</name>
        <message>
            <source>“{text}” is no number for “{name}”; type one like {example}.</source>
            <translation>„{text}“ ist keine Zahl für „{name}“; eine wie {example} eingeben.</translation>
        </message>
    </context>
    <context>
        <name>Panels</name>
        <message>
            <source>Compose</source>
            <translation>Komponieren</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>Inspektor</translation>
        </message>
        <message>
            <source>Effect</source>
            <translation>Effekt</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Mixer</source>
            <translation>Mixer</translation>
        </message>
        <message>
            <source>Piano roll</source>
            <translation>Piano-Roll</translation>
        </message>
        <message>
            <source>Plots</source>
            <translation>Analyse</translation>
        </message>
        <message>
            <source>Browser</source>
            <translation>Browser</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <source>To your DAW</source>
            <translation>Zur DAW</translation>
        </message>
    </context>
    <context>
        <name>ParametersPopover</name>
        <message>
            <source>All parameters of {name}</source>
            <translation>Alle Parameter von {name}</translation>
        </message>
        <message>
            <source>Copy all</source>
            <translation>Alles kopieren</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
    </context>
    <context>
        <name>PartFiles</name>
        <message>
            <source>Clip</source>
            <translation>Clip</translation>
        </message>
        <message>
            <source>Track</source>
            <translation>Spur</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Copy as files</source>
            <translation>Als Dateien kopieren</translation>
        </message>
        <message>
            <source>Show its files in their folder</source>
            <translation>Dateien im Ordner zeigen</translation>
        </message>
        <message>
            <source>Copy the stem as files</source>
            <translation>Stem als Dateien kopieren</translation>
        </message>
        <message>
            <source>Show the stem's files in their folder</source>
            <translation>Dateien des Stems im Ordner zeigen</translation>
        </message>
        <message>
            <source>Copy the mix as files</source>
            <translation>Mix als Dateien kopieren</translation>
        </message>
        <message>
            <source>Show the mix's files in their folder</source>
            <translation>Dateien des Mixes im Ordner zeigen</translation>
        </message>
        <message>
            <source>Choose a clip first.</source>
            <translation>Zuerst einen Clip wählen.</translation>
        </message>
        <message>
            <source>Choose a track first.</source>
            <translation>Zuerst eine Spur wählen.</translation>
        </message>
        <message>
            <source>Copied: {names}</source>
            <translation>Kopiert: {names}</translation>
        </message>
    </context>
    <context>
        <name>PianoRollPanel</name>
        <message>
            <source>Piano roll</source>
            <translation>Piano-Roll</translation>
        </message>
        <message>
            <source>No notes here yet</source>
            <translation>Hier sind noch keine Noten</translation>
        </message>
        <message>
            <source>Double-click a notes clip to edit its notes here</source>
            <translation>Ein Doppelklick auf einen Notenclip öffnet seine Noten hier</translation>
        </message>
        <message>
            <source>Edit the first clip</source>
            <translation>Ersten Clip bearbeiten</translation>
        </message>
        <message>
            <source>Quantize</source>
            <translation>Quantisieren</translation>
        </message>
        <message>
            <source>Humanize</source>
            <translation>Humanisieren</translation>
        </message>
        <message>
            <source>Set velocity</source>
            <translation>Anschlagstärke setzen</translation>
        </message>
    </context>
    <context>
        <name>Picker</name>
        <message>
            <source>Instrument</source>
            <translation>Instrument</translation>
        </message>
        <message>
            <source>General MIDI</source>
            <translation>General MIDI</translation>
        </message>
        <message>
            <source>Built-in synthesizer</source>
            <translation>Eingebauter Synthesizer</translation>
        </message>
        <message>
            <source>Search: {title}</source>
            <translation>Suche: {title}</translation>
        </message>
        <message>
            <source>Nothing is called so. Try another word.</source>
            <translation>Nichts heißt so. Ein anderes Wort versuchen.</translation>
        </message>
    </context>
    <context>
        <name>PlotViews</name>
        <message>
            <source>Spectrum</source>
            <translation>Spektrum</translation>
        </message>
        <message>
            <source>Spectrogram</source>
            <translation>Spektrogramm</translation>
        </message>
        <message>
            <source>Loudness over time</source>
            <translation>Lautheit im Verlauf</translation>
        </message>
        <message>
            <source>Correlation over time</source>
            <translation>Korrelation im Verlauf</translation>
        </message>
    </context>
    <context>
        <name>Plots</name>
        <message>
            <source>Target {level}</source>
            <translation>Ziel {level}</translation>
        </message>
        <message>
            <source>Integrated {level}</source>
            <translation>Integriert {level}</translation>
        </message>
        <message>
            <source>Momentary {level}</source>
            <translation>Momentan {level}</translation>
        </message>
        <message>
            <source>Short-term {level}</source>
            <translation>Kurzzeit {level}</translation>
        </message>
        <message>
            <source>Goniometer</source>
            <translation>Goniometer</translation>
        </message>
        <message>
            <source>L</source>
            <translation>L</translation>
        </message>
        <message>
            <source>R</source>
            <translation>R</translation>
        </message>
        <message>
            <source>M</source>
            <translation>M</translation>
        </message>
        <message>
            <source>S</source>
            <translation>S</translation>
        </message>
        <message>
            <source>Peak {level}</source>
            <translation>Spitze {level}</translation>
        </message>
        <message>
            <source>RMS {level}</source>
            <translation>RMS {level}</translation>
        </message>
        <message>
            <source>Crest {level}</source>
            <translation>Crest {level}</translation>
        </message>
        <message>
            <source>Range {range}</source>
            <translation>Umfang {range}</translation>
        </message>
        <message>
            <source>True peak {level}</source>
            <translation>True Peak {level}</translation>
        </message>
        <message>
            <source>loses level in mono</source>
            <translation>verliert in Mono an Pegel</translation>
        </message>
        <message>
            <source>almost mono</source>
            <translation>fast mono</translation>
        </message>
        <message>
            <source>safe in mono</source>
            <translation>monosicher</translation>
        </message>
        <message>
            <source>very wide</source>
            <translation>sehr breit</translation>
        </message>
        <message>
            <source>Correlation {value}: {meaning}</source>
            <translation>Korrelation {value}: {meaning}</translation>
        </message>
        <message>
            <source>bar {first}</source>
            <translation>Takt {first}</translation>
        </message>
        <message>
            <source>bars {first}–{last}</source>
            <translation>Takte {first}–{last}</translation>
        </message>
        <message>
            <source>Clips of {names}</source>
            <translation>Clips von {names}</translation>
        </message>
        <message>
            <source>Mix</source>
            <translation>Mix</translation>
        </message>
    </context>
    <context>
        <name>PlotsPanel</name>
        <message>
            <source>Plots</source>
            <translation>Analyse</translation>
        </message>
        <message>
            <source>Nothing to look at yet</source>
            <translation>Noch nichts zu sehen</translation>
        </message>
        <message>
            <source>Compose or import something; its spectrum, loudness and stereo picture appear here.</source>
            <translation>Etwas komponieren oder importieren; Spektrum, Lautheit und Stereobild erscheinen hier.</translation>
        </message>
        <message>
            <source>Listening…</source>
            <translation>Wird gehört…</translation>
        </message>
        <message>
            <source>The selection is rendered once; then all plots show it.</source>
            <translation>Die Auswahl wird einmal gerendert; dann zeigen sie alle Diagramme.</translation>
        </message>
        <message>
            <source>Spectrum</source>
            <translation>Spektrum</translation>
        </message>
        <message>
            <source>Spectrogram</source>
            <translation>Spektrogramm</translation>
        </message>
        <message>
            <source>Loudness</source>
            <translation>Lautheit</translation>
        </message>
        <message>
            <source>Stereo</source>
            <translation>Stereo</translation>
        </message>
        <message>
            <source>Tilt −4.5 dB/oct</source>
            <translation>Neigung −4.5 dB/Okt.</translation>
        </message>
        <message>
            <source>The slope that the spectrum of much balanced music follows</source>
            <translation>Die Neigung, der das Spektrum vieler ausgewogener Musik folgt</translation>
        </message>
        <message>
            <source>Plots: share done</source>
            <translation>Analyse: Fortschritt</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Stopped before the plots were made.</source>
            <translation>Vor Ende der Analyse gestoppt.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortfahren</translation>
        </message>
    </context>
    <context>
        <name>PlotsViewModel</name>
        <message>
            <source>Plots</source>
            <translation>Analyse</translation>
        </message>
    </context>
    <context>
        <name>PresetsPage</name>
        <message>
            <source>Search instruments and effects</source>
            <translation>Instrumente und Effekte suchen</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Presets</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Select a track first: the preset goes onto it.</source>
            <translation>Zuerst eine Spur auswählen: das Preset kommt auf sie.</translation>
        </message>
        <message>
            <source>the selected track</source>
            <translation>die gewählte Spur</translation>
        </message>
        <message>
            <source>Put onto {track}</source>
            <translation>Auf {track} legen</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Return</translation>
        </message>
        <message>
            <source>“{what}” is on “{track}”.</source>
            <translation>„{what}“ ist auf „{track}“.</translation>
        </message>
        <message>
            <source>Instruments</source>
            <translation>Instrumente</translation>
        </message>
        <message>
            <source>Effects</source>
            <translation>Effekte</translation>
        </message>
        <message>
            <source>Double-click: onto “{track}”</source>
            <translation>Doppelklick: auf „{track}“</translation>
        </message>
        <message>
            <source>Select a track; a double-click puts a preset onto it.</source>
            <translation>Eine Spur auswählen; ein Doppelklick legt ein Preset darauf.</translation>
        </message>
    </context>
    <context>
        <name>ProgressRow</name>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Waiting for what is running…</source>
            <translation>Warten auf laufende Aufträge…</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Stoppt…</translation>
        </message>
        <message>
            <source>Beginning</source>
            <translation>Beginnt</translation>
        </message>
        <message>
            <source>about {seconds} s left</source>
            <translation>noch etwa {seconds} s</translation>
        </message>
        <message>
            <source>about {minutes} min left</source>
            <translation>noch etwa {minutes} min</translation>
        </message>
    </context>
    <context>
        <name>PromptModes</name>
        <message>
            <source>The project has every stem already: remake one of them instead.</source>
            <translation>Das Projekt hat schon jeden Stem: stattdessen einen erneuern.</translation>
        </message>
        <message>
            <source>Adds a {stem} layer that fits what the others play.</source>
            <translation>Fügt eine Ebene hinzu, die zu den anderen passt: {stem}.</translation>
        </message>
        <message>
            <source>Makes sound from your words.</source>
            <translation>Macht Klang aus Worten.</translation>
        </message>
        <message>
            <source>The project is empty: compose a new song first.</source>
            <translation>Das Projekt ist leer: zuerst einen neuen Song komponieren.</translation>
        </message>
        <message>
            <source>Select an audio track or a clip on one: its bars are made again.</source>
            <translation>Eine Audiospur oder einen Clip darauf wählen: Ihre Takte entstehen neu.</translation>
        </message>
        <message>
            <source>Remakes “{track}” in {where}; the rest of it stays.</source>
            <translation>Macht „{track}“ in {where} neu; der Rest bleibt.</translation>
        </message>
        <message>
            <source>Adds a track that fits what the others play in {where}.</source>
            <translation>Fügt eine Spur hinzu, die zu den anderen in {where} passt.</translation>
        </message>
        <message>
            <source>This song was not composed here, so no engine knows its plan.</source>
            <translation>Dieser Song wurde nicht hier komponiert, daher kennt keine Engine seinen Plan.</translation>
        </message>
        <message>
            <source>Composes a song at the project's tempo, key and meter; you choose what to keep.</source>
            <translation>Komponiert einen Song in Tempo, Tonart und Taktart des Projekts; was bleibt, ist frei wählbar.</translation>
        </message>
        <message>
            <source>Composes a song; you choose what to keep.</source>
            <translation>Komponiert einen Song; was bleibt, ist frei wählbar.</translation>
        </message>
        <message>
            <source>Select a track or a clip: its stem is made again.</source>
            <translation>Eine Spur oder einen Clip auswählen: der Stem wird erneuert.</translation>
        </message>
        <message>
            <source>“{track}” is no composed stem; select one that is.</source>
            <translation>„{track}“ ist kein komponierter Stem; einen solchen auswählen.</translation>
        </message>
        <message>
            <source>Remakes the {stems} in {where}.</source>
            <translation>Erneuert {stems} in {where}.</translation>
        </message>
        <message>
            <source>bar {first}</source>
            <translation>Takt {first}</translation>
        </message>
        <message>
            <source>bars {first}–{last}</source>
            <translation>Takt {first}–{last}</translation>
        </message>
        <message>
            <source>Continues at bar {bar} with one more bar.</source>
            <translation>Setzt bei Takt {bar} mit einem weiteren Takt fort.</translation>
        </message>
        <message>
            <source>Continues at bar {bar} with {count} bars in the same style.</source>
            <translation>Setzt bei Takt {bar} mit {count} Takten im selben Stil fort.</translation>
        </message>
        <message>
            <source>Drums</source>
            <translation>Drums</translation>
        </message>
        <message>
            <source>Percussion</source>
            <translation>Percussion</translation>
        </message>
        <message>
            <source>Bass</source>
            <translation>Bass</translation>
        </message>
        <message>
            <source>Chords</source>
            <translation>Akkorde</translation>
        </message>
        <message>
            <source>Pad</source>
            <translation>Pad</translation>
        </message>
        <message>
            <source>Arp</source>
            <translation>Arp</translation>
        </message>
        <message>
            <source>Melody</source>
            <translation>Melodie</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>2. Stimme</translation>
        </message>
        <message>
            <source>drums</source>
            <translation>Drums</translation>
        </message>
        <message>
            <source>percussion</source>
            <translation>Percussion</translation>
        </message>
        <message>
            <source>bass</source>
            <translation>Bass</translation>
        </message>
        <message>
            <source>chords</source>
            <translation>Akkorde</translation>
        </message>
        <message>
            <source>pad</source>
            <translation>Pad</translation>
        </message>
        <message>
            <source>arp</source>
            <translation>Arp</translation>
        </message>
        <message>
            <source>melody</source>
            <translation>Melodie</translation>
        </message>
        <message>
            <source>counter</source>
            <translation>2. Stimme</translation>
        </message>
        <message>
            <source>{some} and {last}</source>
            <translation>{some} und {last}</translation>
        </message>
    </context>
    <context>
        <name>PromptPanel</name>
        <message>
            <source>Compose</source>
            <translation>Komponieren</translation>
        </message>
        <message>
            <source>Write a prompt</source>
            <translation>Einen Prompt schreiben</translation>
        </message>
        <message>
            <source>Stop composing</source>
            <translation>Komponieren stoppen</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Anderer Seed</translation>
        </message>
        <message>
            <source>Mode: new song</source>
            <translation>Modus: neuer Song</translation>
        </message>
        <message>
            <source>Mode: remake the selection</source>
            <translation>Modus: Auswahl erneuern</translation>
        </message>
        <message>
            <source>Mode: continue from here</source>
            <translation>Modus: ab hier fortsetzen</translation>
        </message>
        <message>
            <source>Mode: add a layer that fits</source>
            <translation>Modus: passende Ebene hinzufügen</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
        <message>
            <source>Meter</source>
            <translation>Taktart</translation>
        </message>
        <message>
            <source>Bars</source>
            <translation>Takte</translation>
        </message>
        <message>
            <source>Chords</source>
            <translation>Akkorde</translation>
        </message>
        <message>
            <source>Tempo, key and meter from the project</source>
            <translation>Tempo, Tonart und Taktart aus dem Projekt</translation>
        </message>
        <message>
            <source>These are the settings of “{name}”.</source>
            <translation>Das sind die Einstellungen von „{name}“.</translation>
        </message>
        <message>
            <source>Remake</source>
            <translation>Erneuern</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Add a layer</source>
            <translation>Ebene hinzufügen</translation>
        </message>
        <message>
            <source>1 take</source>
            <translation>1 Take</translation>
        </message>
        <message>
            <source>{count} takes</source>
            <translation>{count} Takes</translation>
        </message>
        <message>
            <source>{verb} · {count}</source>
            <translation>{verb} · {count}</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Retry</source>
            <translation>Nochmal</translation>
        </message>
    </context>
    <context>
        <name>PromptText</name>
        <message>
            <source>Style, mood, instruments, tempo, key, length: dusty lo-fi with rhodes, 82 bpm, F minor</source>
            <translation>Stil, Stimmung, Instrumente, Tempo, Tonart, Länge, auf Englisch: dusty lo-fi with rhodes, 82 bpm, F minor</translation>
        </message>
        <message>
            <source>Return composes · Shift+Return: new line</source>
            <translation>Return komponiert · Umschalt+Return: neue Zeile</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
    </context>
    <context>
        <name>Provenance</name>
        <message>
            <source>Provenance</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <source>No take and no file of others is known behind it.</source>
            <translation>Kein Take und keine fremde Datei ist als Herkunft bekannt.</translation>
        </message>
        <message numerus="yes">
            <source>And %n more file(s): see the rights sheet of an export.</source>
            <translation>
                <numerusform>Und %n weitere Datei: siehe das Rechteblatt eines Exports.</numerusform>
                <numerusform>Und %n weitere Dateien: siehe das Rechteblatt eines Exports.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n more take(s): see the browser.</source>
            <translation>
                <numerusform>Und %n weiterer Take: siehe Browser.</numerusform>
                <numerusform>Und %n weitere Takes: siehe Browser.</numerusform>
            </translation>
        </message>
        <message>
            <source>No licence is told.</source>
            <translation>Keine Lizenz genannt.</translation>
        </message>
        <message>
            <source>Not for commercial release.</source>
            <translation>Nicht für kommerzielle Veröffentlichung.</translation>
        </message>
        <message>
            <source>Uses {licence} weights: not for commercial release</source>
            <translation>Nutzt Gewichte unter {licence}: nicht für kommerzielle Veröffentlichung</translation>
        </message>
        <message>
            <source>Not for commercial release. {licence}</source>
            <translation>Nicht für kommerzielle Veröffentlichung. {licence}</translation>
        </message>
        <message>
            <source>From “{file}”, a file of others, which says of its rights: “{rights}”</source>
            <translation>Aus „{file}“, einer fremden Datei, die über ihre Rechte sagt: „{rights}“</translation>
        </message>
        <message>
            <source>From “{file}”, a file of others, which says nothing of its rights.</source>
            <translation>Aus „{file}“, einer fremden Datei, die nichts über ihre Rechte sagt.</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Downbeats</source>
            <translation>Taktanfänge</translation>
        </message>
        <message>
            <source>agrees</source>
            <translation>stimmt</translation>
        </message>
        <message>
            <source>heard otherwise</source>
            <translation>anders gehört</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
    </context>
    <context>
        <name>QuantizePopover</name>
        <message>
            <source>Quantize</source>
            <translation>Quantisieren</translation>
        </message>
        <message>
            <source>Triplets</source>
            <translation>Triolen</translation>
        </message>
        <message>
            <source>Ends of notes too</source>
            <translation>Auch Notenenden</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Stärke</translation>
        </message>
        <message>
            <source>Swing</source>
            <translation>Swing</translation>
        </message>
    </context>
    <context>
        <name>RecentList</name>
        <message>
            <source>Recent projects</source>
            <translation>Letzte Projekte</translation>
        </message>
        <message>
            <source>Remove from list</source>
            <translation>Aus Liste entfernen</translation>
        </message>
        <message>
            <source>Remove {name} from the list</source>
            <translation>{name} aus der Liste entfernen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>{name}, missing: {path}</source>
            <translation>{name}, fehlt: {path}</translation>
        </message>
        <message>
            <source>Empty · {tempo} BPM</source>
            <translation>Leer · {tempo} BPM</translation>
        </message>
        <message numerus="yes">
            <source>%n bar(s) · {tempo} BPM</source>
            <translation>
                <numerusform>%n Takt · {tempo} BPM</numerusform>
                <numerusform>%n Takte · {tempo} BPM</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Recording</name>
        <message>
            <source>Nothing was recorded.</source>
            <translation>Nichts wurde aufgenommen.</translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s) recorded</source>
            <translation>
                <numerusform>%n Clip aufgenommen</numerusform>
                <numerusform>%n Clips aufgenommen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Recovery</name>
        <message>
            <source>“{name}” was open when the program ended unexpectedly.</source>
            <translation>„{name}“ war offen, als das Programm unerwartet endete.</translation>
        </message>
        <message numerus="yes">
            <source>Kept: %n edit(s) since the last save.</source>
            <translation>
                <numerusform>Erhalten: %n Schritt seit dem letzten Speichern.</numerusform>
                <numerusform>Erhalten: %n Schritte seit dem letzten Speichern.</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything had been saved.</source>
            <translation>Alles war gespeichert.</translation>
        </message>
        <message>
            <source>Open safely</source>
            <translation>Sicher öffnen</translation>
        </message>
        <message>
            <source>Without playback and waveforms, with all edits</source>
            <translation>Ohne Wiedergabe und Wellenformen, mit allen Schritten</translation>
        </message>
        <message>
            <source>Recover</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Open it with all edits that are kept</source>
            <translation>Mit allen erhaltenen Schritten öffnen</translation>
        </message>
        <message>
            <source>Open as saved</source>
            <translation>Wie gespeichert öffnen</translation>
        </message>
        <message>
            <source>Leave the edits since the last save out</source>
            <translation>Ohne die Schritte seit dem letzten Speichern</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Go on where it stopped</source>
            <translation>Dort weitermachen, wo es endete</translation>
        </message>
        <message>
            <source>Open last backup</source>
            <translation>Letzte Sicherung öffnen</translation>
        </message>
        <message>
            <source>An earlier version of the project; the newer one is kept too</source>
            <translation>Eine frühere Fassung des Projekts; die neuere bleibt auch erhalten</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Nicht jetzt</translation>
        </message>
        <message>
            <source>The project stays as it is; you will not be asked again</source>
            <translation>Das Projekt bleibt, wie es ist; es folgt keine weitere Frage</translation>
        </message>
        <message>
            <source>The program ended unexpectedly while it was opening “{name}”.</source>
            <translation>Das Programm endete unerwartet, während es „{name}“ öffnete.</translation>
        </message>
        <message numerus="yes">
            <source>That has happened %n time(s) now.</source>
            <translation>
                <numerusform>Das ist jetzt %n-mal geschehen.</numerusform>
                <numerusform>Das ist jetzt %n-mal geschehen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Opened safely, without playback and waveforms, it may go well.</source>
            <translation>Sicher geöffnet, ohne Wiedergabe und Wellenformen, kann es gelingen.</translation>
        </message>
    </context>
    <context>
        <name>RecoveryDialog</name>
        <message>
            <source>Work that was open</source>
            <translation>Offene Arbeit</translation>
        </message>
        <message>
            <source>The program ended unexpectedly</source>
            <translation>Das Programm endete unerwartet</translation>
        </message>
        <message>
            <source>Every edit is written to the disk within a second, so nearly nothing is lost. Open one now; the others stay as they are and can be opened like any project.</source>
            <translation>Jeder Schritt liegt binnen einer Sekunde auf der Festplatte, fast nichts ist verloren. Jetzt eines öffnen; die anderen bleiben, wie sie sind, und lassen sich wie jedes Projekt öffnen.</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Nicht jetzt</translation>
        </message>
        <message>
            <source>Open none of them now</source>
            <translation>Jetzt keines öffnen</translation>
        </message>
    </context>
    <context>
        <name>RightsCard</name>
        <message>
            <source>Not for commercial release:</source>
            <translation>Nicht für kommerzielle Veröffentlichung:</translation>
        </message>
        <message>
            <source>May be sold: takes and instruments allow it.</source>
            <translation>Darf verkauft werden: Takes und Instrumente erlauben es.</translation>
        </message>
        <message>
            <source>Whether files of others in it may be sold is yours to know:</source>
            <translation>Ob fremde Dateien darin verkauft werden dürfen, ist selbst zu klären:</translation>
        </message>
        <message>
            <source>{tracks} use “{take}” under {licence}: not to be sold.</source>
            <translation>{tracks}: „{take}“ unter {licence}, unverkäuflich.</translation>
        </message>
        <message>
            <source>a licence that is not stated</source>
            <translation>einer ungenannten Lizenz</translation>
        </message>
        <message>
            <source>{tracks}: “{file}”, a file of others, says of its rights: {rights}</source>
            <translation>{tracks}: „{file}“, eine fremde Datei, sagt über ihre Rechte: {rights}</translation>
        </message>
        <message>
            <source>{tracks}: “{file}”, a file of others, says nothing of its rights.</source>
            <translation>{tracks}: „{file}“, eine fremde Datei, sagt nichts über ihre Rechte.</translation>
        </message>
    </context>
    <context>
        <name>RollActions</name>
        <message>
            <source>Piano roll: tools</source>
            <translation>Piano-Roll: Werkzeuge</translation>
        </message>
        <message>
            <source>Piano roll: selection</source>
            <translation>Piano-Roll: Auswahl</translation>
        </message>
        <message>
            <source>Piano roll: edit</source>
            <translation>Piano-Roll: Bearbeiten</translation>
        </message>
        <message>
            <source>Piano roll: timing</source>
            <translation>Piano-Roll: Zeit</translation>
        </message>
        <message>
            <source>Piano roll: pitch</source>
            <translation>Piano-Roll: Tonhöhe</translation>
        </message>
        <message>
            <source>Piano roll: view</source>
            <translation>Piano-Roll: Ansicht</translation>
        </message>
        <message>
            <source>Pitch</source>
            <translation>Tonhöhe</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Velocity</source>
            <translation>Anschlagstärke</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>Auswahl</translation>
        </message>
        <message>
            <source>Draw notes</source>
            <translation>Noten zeichnen</translation>
        </message>
        <message>
            <source>Erase notes</source>
            <translation>Noten radieren</translation>
        </message>
        <message>
            <source>Split notes</source>
            <translation>Noten teilen</translation>
        </message>
        <message>
            <source>Step input</source>
            <translation>Step-Eingabe</translation>
        </message>
        <message>
            <source>Step input: A W S E D … are notes, Z X the octave, 0 a rest, + a tie, Backspace goes back</source>
            <translation>Step-Eingabe: A W S E D … sind Noten, Z X die Oktave, 0 eine Pause, + ein Haltebogen, Rücktaste geht zurück</translation>
        </message>
        <message>
            <source>Select all notes</source>
            <translation>Alle Noten auswählen</translation>
        </message>
        <message>
            <source>Select no note</source>
            <translation>Keine Note auswählen</translation>
        </message>
        <message>
            <source>Invert the selection</source>
            <translation>Auswahl umkehren</translation>
        </message>
        <message>
            <source>Next note</source>
            <translation>Nächste Note</translation>
        </message>
        <message>
            <source>Previous note</source>
            <translation>Vorige Note</translation>
        </message>
        <message>
            <source>Cut notes</source>
            <translation>Noten ausschneiden</translation>
        </message>
        <message>
            <source>Copy notes</source>
            <translation>Noten kopieren</translation>
        </message>
        <message>
            <source>Paste notes at the play head</source>
            <translation>Noten am Abspielkopf einfügen</translation>
        </message>
        <message>
            <source>Duplicate notes</source>
            <translation>Noten duplizieren</translation>
        </message>
        <message>
            <source>Delete notes</source>
            <translation>Noten löschen</translation>
        </message>
        <message>
            <source>Glue notes</source>
            <translation>Noten verbinden</translation>
        </message>
        <message>
            <source>Louder</source>
            <translation>Lauter</translation>
        </message>
        <message>
            <source>Softer</source>
            <translation>Leiser</translation>
        </message>
        <message>
            <source>Clear the lane</source>
            <translation>Zeile leeren</translation>
        </message>
        <message>
            <source>Earlier by a grid step</source>
            <translation>Einen Rasterschritt früher</translation>
        </message>
        <message>
            <source>Later by a grid step</source>
            <translation>Einen Rasterschritt später</translation>
        </message>
        <message>
            <source>Longer by a grid step</source>
            <translation>Einen Rasterschritt länger</translation>
        </message>
        <message>
            <source>Shorter by a grid step</source>
            <translation>Einen Rasterschritt kürzer</translation>
        </message>
        <message>
            <source>Legato</source>
            <translation>Legato</translation>
        </message>
        <message>
            <source>Reverse in time</source>
            <translation>Zeitlich umkehren</translation>
        </message>
        <message>
            <source>Half tempo</source>
            <translation>Halbes Tempo</translation>
        </message>
        <message>
            <source>Double tempo</source>
            <translation>Doppeltes Tempo</translation>
        </message>
        <message>
            <source>Loop the selected notes or the clip</source>
            <translation>Gewählte Noten oder Clip loopen</translation>
        </message>
        <message>
            <source>Up a semitone</source>
            <translation>Einen Halbton höher</translation>
        </message>
        <message>
            <source>Down a semitone</source>
            <translation>Einen Halbton tiefer</translation>
        </message>
        <message>
            <source>Up an octave</source>
            <translation>Eine Oktave höher</translation>
        </message>
        <message>
            <source>Down an octave</source>
            <translation>Eine Oktave tiefer</translation>
        </message>
        <message>
            <source>Up a step of the scale</source>
            <translation>Eine Tonstufe höher</translation>
        </message>
        <message>
            <source>Down a step of the scale</source>
            <translation>Eine Tonstufe tiefer</translation>
        </message>
        <message>
            <source>Turn upside down</source>
            <translation>Spiegeln</translation>
        </message>
        <message>
            <source>Move to the scale</source>
            <translation>In die Tonleiter rücken</translation>
        </message>
        <message>
            <source>Move to the chords</source>
            <translation>In die Akkorde rücken</translation>
        </message>
        <message>
            <source>Zoom to the selection or the clip</source>
            <translation>Auf Auswahl oder Clip zoomen</translation>
        </message>
        <message>
            <source>Draw straight lines in the lane</source>
            <translation>Gerade Linien in der Zeile zeichnen</translation>
        </message>
        <message>
            <source>Show key and chords</source>
            <translation>Tonart und Akkorde zeigen</translation>
        </message>
        <message>
            <source>Keep drawn and moved notes in the scale</source>
            <translation>Gezeichnete und verschobene Noten in der Tonleiter halten</translation>
        </message>
        <message>
            <source>Show the notes of other clips</source>
            <translation>Noten anderer Clips zeigen</translation>
        </message>
        <message>
            <source>Show drums by name</source>
            <translation>Drums mit Namen zeigen</translation>
        </message>
        <message>
            <source>Follow the play head</source>
            <translation>Abspielkopf folgen</translation>
        </message>
    </context>
    <context>
        <name>RollToolbar</name>
        <message>
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>The grid that notes snap to; hold Ctrl to leave it</source>
            <translation>Raster, auf dem Noten einrasten; Strg hebt es auf</translation>
        </message>
        <message>
            <source>Adaptive</source>
            <translation>Adaptiv</translation>
        </message>
        <message>
            <source>Bar</source>
            <translation>Takt</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Triplets</source>
            <translation>Triolen</translation>
        </message>
        <message>
            <source>Lane</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>What the lane below the notes shows</source>
            <translation>Inhalt der Zeile unter den Noten</translation>
        </message>
        <message>
            <source>Velocity</source>
            <translation>Anschlagstärke</translation>
        </message>
        <message>
            <source>Selected: {count}</source>
            <translation>Gewählt: {count}</translation>
        </message>
        <message>
            <source>Notes: {count}</source>
            <translation>Noten: {count}</translation>
        </message>
    </context>
    <context>
        <name>RulerView</name>
        <message>
            <source>Bars</source>
            <translation>Takte</translation>
        </message>
        <message>
            <source>Click to move the play head</source>
            <translation>Klick setzt den Abspielkopf</translation>
        </message>
    </context>
    <context>
        <name>Running</name>
        <message>
            <source>stopping</source>
            <translation>stoppt</translation>
        </message>
        <message>
            <source>{seconds} s left</source>
            <translation>noch {seconds} s</translation>
        </message>
    </context>
    <context>
        <name>SeedRow</name>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>The same wish with the same seed is the same music</source>
            <translation>Gleicher Wunsch und gleicher Seed ergeben gleiche Musik</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>Anderer Seed</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>1 take of each wish</source>
            <translation>1 Take je Wunsch</translation>
        </message>
        <message>
            <source>{count} takes of each wish</source>
            <translation>{count} Takes je Wunsch</translation>
        </message>
        <message>
            <source>Seed is locked: the same for every wish</source>
            <translation>Seed ist fest: derselbe für jeden Wunsch</translation>
        </message>
        <message>
            <source>Seed changes with every wish: lock it</source>
            <translation>Seed wechselt mit jedem Wunsch: festhalten</translation>
        </message>
    </context>
    <context>
        <name>SendDialog</name>
        <message>
            <source>Send to DAW</source>
            <translation>An DAW senden</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>Send again…</source>
            <translation>Erneut senden…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Stopped. Files are there whole or not at all.</source>
            <translation>Gestoppt. Dateien sind ganz oder gar nicht da.</translation>
        </message>
        <message>
            <source>Go on in background</source>
            <translation>Im Hintergrund weiter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>NOTHING CAN BE WRITTEN</source>
            <translation>NICHTS KANN GESCHRIEBEN WERDEN</translation>
        </message>
        <message numerus="yes">
            <source>%n FILE(S) WILL BE WRITTEN</source>
            <translation>
                <numerusform>%n DATEI WIRD GESCHRIEBEN</numerusform>
                <numerusform>%n DATEIEN WERDEN GESCHRIEBEN</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of the same name will be replaced.</source>
            <translation>
                <numerusform>%n Datei gleichen Namens wird ersetzt.</numerusform>
                <numerusform>%n Dateien gleichen Namens werden ersetzt.</numerusform>
            </translation>
        </message>
        <message>
            <source>WRITTEN: DRAG SINGLE FILES FROM HERE</source>
            <translation>GESCHRIEBEN: EINZELNE DATEIEN VON HIER ZIEHEN</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
    </context>
    <context>
        <name>SendForm</name>
        <message>
            <source>What to send</source>
            <translation>Was gesendet wird</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>Stems, MIDI and the mix</source>
            <translation>Stems, MIDI und der Mix</translation>
        </message>
        <message>
            <source>Stems</source>
            <translation>Stems</translation>
        </message>
        <message>
            <source>A tagged WAV file for each track, all of one length</source>
            <translation>Eine WAV-Datei mit Tags je Spur, alle gleich lang</translation>
        </message>
        <message>
            <source>MIDI</source>
            <translation>MIDI</translation>
        </message>
        <message>
            <source>A file for each track of notes, and the song</source>
            <translation>Eine Datei je Notenspur, und der Song</translation>
        </message>
        <message>
            <source>Mix</source>
            <translation>Mix</translation>
        </message>
        <message>
            <source>The song as it is heard</source>
            <translation>Der Song, wie er klingt</translation>
        </message>
        <message>
            <source>DAWproject</source>
            <translation>DAWproject</translation>
        </message>
        <message>
            <source>The song as one file for Bitwig, Cubase, Studio One and others</source>
            <translation>Der Song als eine Datei für Bitwig, Cubase, Studio One und andere</translation>
        </message>
        <message>
            <source>REAPER</source>
            <translation>REAPER</translation>
        </message>
        <message>
            <source>The song as a REAPER project, with what its instruments sound like</source>
            <translation>Der Song als REAPER-Projekt, mit dem Klang seiner Instrumente</translation>
        </message>
        <message>
            <source>Ardour</source>
            <translation>Ardour</translation>
        </message>
        <message>
            <source>The song as an Ardour session, with what its instruments sound like</source>
            <translation>Der Song als Ardour-Session, mit dem Klang seiner Instrumente</translation>
        </message>
        <message>
            <source>Bars</source>
            <translation>Takte</translation>
        </message>
        <message>
            <source>MIDI files hold the whole song all the same.</source>
            <translation>MIDI-Dateien enthalten dennoch den ganzen Song.</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>Auflösung</translation>
        </message>
        <message>
            <source>16 bit</source>
            <translation>16 Bit</translation>
        </message>
        <message>
            <source>24 bit</source>
            <translation>24 Bit</translation>
        </message>
        <message>
            <source>32 bit float</source>
            <translation>32 Bit Float</translation>
        </message>
        <message>
            <source>Sound files</source>
            <translation>Audiodateien</translation>
        </message>
        <message>
            <source>WAV</source>
            <translation>WAV</translation>
        </message>
        <message>
            <source>Every DAW reads them, with what they tell of themselves</source>
            <translation>Jede DAW liest sie, samt ihren Angaben</translation>
        </message>
        <message>
            <source>FLAC</source>
            <translation>FLAC</translation>
        </message>
        <message>
            <source>Half as large, and the same samples; 16 or 24 bit</source>
            <translation>Halb so groß, dieselben Samples; 16 oder 24 Bit</translation>
        </message>
        <message>
            <source>Sample rate</source>
            <translation>Abtastrate</translation>
        </message>
        <message>
            <source>The song’s</source>
            <translation>Wie der Song</translation>
        </message>
        <message>
            <source>44.1 kHz</source>
            <translation>44,1 kHz</translation>
        </message>
        <message>
            <source>48 kHz</source>
            <translation>48 kHz</translation>
        </message>
        <message>
            <source>96 kHz</source>
            <translation>96 kHz</translation>
        </message>
        <message>
            <source>A file for</source>
            <translation>Eine Datei je</translation>
        </message>
        <message>
            <source>Each track</source>
            <translation>Spur</translation>
        </message>
        <message>
            <source>All of one length, from the same bar on</source>
            <translation>Alle gleich lang, ab demselben Takt</translation>
        </message>
        <message>
            <source>Each clip</source>
            <translation>Clip</translation>
        </message>
        <message>
            <source>As long as the clip, which is heard alone</source>
            <translation>So lang wie der Clip, der allein zu hören ist</translation>
        </message>
        <message>
            <source>Tails</source>
            <translation>Ausklang</translation>
        </message>
        <message>
            <source>As the song</source>
            <translation>Wie der Song</translation>
        </message>
        <message>
            <source>Loops and bars are cut, endings ring out</source>
            <translation>Loops und Takte werden geschnitten, Enden klingen aus</translation>
        </message>
        <message>
            <source>Ring out</source>
            <translation>Ausklingen</translation>
        </message>
        <message>
            <source>Up to the bar line after reverbs have died away</source>
            <translation>Bis zum Taktstrich, nachdem der Hall verklungen ist</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>Schneiden</translation>
        </message>
        <message>
            <source>Files end at the bar</source>
            <translation>Dateien enden am Takt</translation>
        </message>
        <message>
            <source>Turn all files down when one exceeds −1 dBTP</source>
            <translation>Alle Dateien leiser, wenn eine −1 dBTP überschreitet</translation>
        </message>
        <message>
            <source>By one gain, so that their balance stays; else nothing is touched</source>
            <translation>Alle um gleich viel, damit die Balance bleibt; sonst bleibt alles unberührt</translation>
        </message>
        <message>
            <source>MIDI files</source>
            <translation>MIDI-Dateien</translation>
        </message>
        <message>
            <source>Tracks, 960</source>
            <translation>Spuren, 960</translation>
        </message>
        <message>
            <source>A track each, 960 ticks to the quarter</source>
            <translation>Je eine Spur, 960 Ticks pro Viertel</translation>
        </message>
        <message>
            <source>Tracks, 480</source>
            <translation>Spuren, 480</translation>
        </message>
        <message>
            <source>A track each, 480 ticks to the quarter</source>
            <translation>Je eine Spur, 480 Ticks pro Viertel</translation>
        </message>
        <message>
            <source>One track, 960</source>
            <translation>Eine Spur, 960</translation>
        </message>
        <message>
            <source>All in one track: type 0</source>
            <translation>Alles in einer Spur: Typ 0</translation>
        </message>
        <message>
            <source>One track, 480</source>
            <translation>Eine Spur, 480</translation>
        </message>
        <message>
            <source>Stems of groups too</source>
            <translation>Auch Stems der Gruppen</translation>
        </message>
        <message>
            <source>What a group adds is in its tracks’ stems as well</source>
            <translation>Was eine Gruppe beiträgt, steckt auch in den Stems ihrer Spuren</translation>
        </message>
        <message>
            <source>RIGHTS</source>
            <translation>RECHTE</translation>
        </message>
        <message>
            <source>Commercial-safe only</source>
            <translation>Nur kommerziell Nutzbares</translation>
        </message>
        <message>
            <source>Send nothing that may not be sold</source>
            <translation>Nichts senden, was nicht verkauft werden darf</translation>
        </message>
        <message>
            <source>{rate} Hz</source>
            <translation>{rate} Hz</translation>
        </message>
        <message>
            <source>Whole song, bars 1–{last}</source>
            <translation>Ganzer Song, Takt 1–{last}</translation>
        </message>
        <message>
            <source>Selected bars</source>
            <translation>Gewählte Takte</translation>
        </message>
        <message>
            <source>Select bars on the timeline’s ruler first</source>
            <translation>Zuerst Takte im Lineal der Timeline auswählen</translation>
        </message>
        <message>
            <source>Selected bars {first}–{last}</source>
            <translation>Gewählte Takte {first}–{last}</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Ordner wählen</translation>
        </message>
        <message>
            <source>Send to this folder</source>
            <translation>In diesen Ordner senden</translation>
        </message>
    </context>
    <context>
        <name>SendModel</name>
        <message>
            <source>Sending “{name}” to your DAW</source>
            <translation>„{name}“ wird an die DAW gesendet</translation>
        </message>
        <message numerus="yes">
            <source>Ready for your DAW: %n file(s) in {folder}</source>
            <translation>
                <numerusform>Bereit für die DAW: %n Datei in {folder}</numerusform>
                <numerusform>Bereit für die DAW: %n Dateien in {folder}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Keyboard shortcuts…</source>
            <translation>Tastenkürzel…</translation>
        </message>
    </context>
    <context>
        <name>ShortcutSheet</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Find a shortcut</source>
            <translation>Tastenkürzel suchen</translation>
        </message>
    </context>
    <context>
        <name>SideButton</name>
        <message>
            <source>Audition {letter}: {name}</source>
            <translation>{letter} vorhören: {name}</translation>
        </message>
    </context>
    <context>
        <name>SongSection</name>
        <message>
            <source>Name of the song</source>
            <translation>Name des Songs</translation>
        </message>
        <message>
            <source>Drag the mix into your DAW</source>
            <translation>Den Mix in die DAW ziehen</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Meter</source>
            <translation>Taktart</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>Abtastrate</translation>
        </message>
        <message>
            <source>Tracks</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Empty</source>
            <translation>Leer</translation>
        </message>
        <message numerus="yes">
            <source>%n bar(s), {time}</source>
            <translation>
                <numerusform>%n Takt, {time}</numerusform>
                <numerusform>%n Takte, {time}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{tracks} and %n bus(es)</source>
            <translation>
                <numerusform>{tracks} und %n Bus</numerusform>
                <numerusform>{tracks} und %n Busse</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SoundBox</name>
        <message>
            <source>Seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>Führung</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>Top-k</source>
            <translation>Top-k</translation>
        </message>
        <message>
            <source>Top-p</source>
            <translation>Top-p</translation>
        </message>
        <message>
            <source>How long it gets, unless bars say so: 1 to 600 seconds, 10 when empty</source>
            <translation>Wie lang er wird, wenn nicht die Takte es sagen: 1 bis 600 Sekunden, leer 10</translation>
        </message>
        <message>
            <source>How closely the words are followed: 1 to 10, the model's own when empty</source>
            <translation>Wie eng er den Worten folgt: 1 bis 10, leer wie das Modell es will</translation>
        </message>
        <message>
            <source>0 takes the likeliest token each time, 1 is usual, 2 is wild</source>
            <translation>0 nimmt immer das wahrscheinlichste Token, 1 ist üblich, 2 ist wild</translation>
        </message>
        <message>
            <source>Only the k likeliest tokens are drawn from; 0 for all, 250 when empty</source>
            <translation>Nur unter den k wahrscheinlichsten Token wird gezogen; 0 für alle, leer 250</translation>
        </message>
        <message>
            <source>Only the likeliest tokens with this share are drawn from; 0 or empty for all</source>
            <translation>Nur unter den wahrscheinlichsten Token mit diesem Anteil wird gezogen; 0 oder leer für alle</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Hear it while it is made</source>
            <translation>Beim Entstehen anhören</translation>
        </message>
        <message>
            <source>Takes sound from their first moment on, unless something else plays</source>
            <translation>Takes klingen vom ersten Moment an, wenn nichts anderes spielt</translation>
        </message>
        <message>
            <source>The bars say how long it gets</source>
            <translation>Die Takte sagen, wie lang er wird</translation>
        </message>
    </context>
    <context>
        <name>SoundBridge</name>
        <message>
            <source>Waits</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>Unloading {model}</source>
            <translation>{model} wird entladen</translation>
        </message>
        <message>
            <source>Looking for models</source>
            <translation>Sucht Modelle</translation>
        </message>
    </context>
    <context>
        <name>SoundFontCard</name>
        <message>
            <source>SoundFont</source>
            <translation>SoundFont</translation>
        </message>
        <message>
            <source>Choose another in the settings…</source>
            <translation>Anderen in den Einstellungen wählen…</translation>
        </message>
        <message>
            <source>None that can be used</source>
            <translation>Keiner, der verwendbar ist</translation>
        </message>
        <message>
            <source>Built-in synthesizer</source>
            <translation>Eingebauter Synthesizer</translation>
        </message>
        <message>
            <source>The SoundFont player is not installed, so the synthesizer plays every program.</source>
            <translation>Der SoundFont-Spieler ist nicht installiert, daher spielt der Synthesizer jedes Programm.</translation>
        </message>
        <message>
            <source>FluidR3 Mono</source>
            <translation>FluidR3 Mono</translation>
        </message>
        <message>
            <source>All General MIDI instruments. It came with the program, under the MIT licence.</source>
            <translation>Alle General-MIDI-Instrumente. Er kam mit dem Programm, unter der MIT-Lizenz.</translation>
        </message>
        <message>
            <source>Your own; its licence decides whether songs with it may be sold.</source>
            <translation>Ein eigener; seine Lizenz bestimmt, ob Songs damit verkauft werden dürfen.</translation>
        </message>
    </context>
    <context>
        <name>SoundModels</name>
        <message>
            <source>{licence}, free to use commercially</source>
            <translation>{licence}, auch gewerblich frei</translation>
        </message>
        <message>
            <source>{licence}, not for commercial use</source>
            <translation>{licence}, nicht gewerblich nutzbar</translation>
        </message>
    </context>
    <context>
        <name>SoundPage</name>
        <message>
            <source>Sound</source>
            <translation>Audio</translation>
        </message>
        <message>
            <source>Looking for devices…</source>
            <translation>Geräte werden gesucht…</translation>
        </message>
        <message>
            <source>The usual one</source>
            <translation>Das übliche</translation>
        </message>
        <message>
            <source>Driver</source>
            <translation>Treiber</translation>
        </message>
        <message>
            <source>The way to the device, such as JACK or ASIO.</source>
            <translation>Der Weg zum Gerät, etwa JACK oder ASIO.</translation>
        </message>
        <message>
            <source>The system’s choice</source>
            <translation>Wahl des Systems</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Erneut suchen</translation>
        </message>
        <message>
            <source>Output device</source>
            <translation>Ausgabegerät</translation>
        </message>
        <message>
            <source>Buffer</source>
            <translation>Puffer</translation>
        </message>
        <message>
            <source>How much the device asks for at once. Smaller reacts faster, larger is safer.</source>
            <translation>Wie viel das Gerät auf einmal abruft. Kleiner reagiert schneller, größer ist sicherer.</translation>
        </message>
        <message>
            <source>Look-ahead</source>
            <translation>Vorausberechnung</translation>
        </message>
        <message>
            <source>Look-ahead, from faster to safer</source>
            <translation>Vorausberechnung, von schneller bis sicherer</translation>
        </message>
        <message>
            <source>faster</source>
            <translation>schneller</translation>
        </message>
        <message>
            <source>safer</source>
            <translation>sicherer</translation>
        </message>
        <message>
            <source>How far ahead music is rendered while it plays. Less lets edits be heard sooner, more keeps a busy machine from dropping out; it grows by itself when it must.</source>
            <translation>Wie weit im Voraus Musik beim Abspielen gerendert wird. Weniger lässt Änderungen früher hören, mehr schützt einen belasteten Rechner vor Aussetzern; bei Bedarf wächst sie von selbst.</translation>
        </message>
        <message>
            <source>Sample rate</source>
            <translation>Abtastrate</translation>
        </message>
        <message>
            <source>Of new projects; those that exist keep theirs.</source>
            <translation>Für neue Projekte; vorhandene behalten ihre.</translation>
        </message>
        <message>
            <source>Measure latency</source>
            <translation>Latenz messen</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Connect an output of the device to its first input with a cable. A short chirp is played, and recordings are placed by what comes back.</source>
            <translation>Einen Ausgang des Geräts per Kabel mit dem ersten Eingang verbinden. Ein kurzes Signal wird gespielt, und Aufnahmen werden nach dem platziert, was zurückkommt.</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>Messung läuft…</translation>
        </message>
        <message numerus="yes">
            <source>%n device(s) can play.</source>
            <translation>
                <numerusform>%n Gerät kann abspielen.</numerusform>
                <numerusform>%n Geräte können abspielen.</numerusform>
            </translation>
        </message>
        <message>
            <source>No device that plays was found.</source>
            <translation>Kein Wiedergabegerät gefunden.</translation>
        </message>
        <message>
            <source>{name} (not connected)</source>
            <translation>{name} (nicht verbunden)</translation>
        </message>
        <message>
            <source>As usual for the driver</source>
            <translation>Standard des Treibers</translation>
        </message>
        <message>
            <source>{frames} frames · {ms} ms</source>
            <translation>{frames} Frames · {ms} ms</translation>
        </message>
    </context>
    <context>
        <name>SourcesPage</name>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Nutzung</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>kHz</source>
            <translation>kHz</translation>
        </message>
        <message>
            <source>Audio files of the project</source>
            <translation>Audiodateien des Projekts</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Locate…</source>
            <translation>Suchen…</translation>
        </message>
        <message>
            <source>No audio files yet</source>
            <translation>Noch keine Audiodateien</translation>
        </message>
        <message>
            <source>Imported and recorded sound is listed here; notes need no files.</source>
            <translation>Importiertes und aufgenommenes Audio steht hier; Noten brauchen keine Dateien.</translation>
        </message>
        <message numerus="yes">
            <source>%n clip(s)</source>
            <translation>
                <numerusform>%n Clip</numerusform>
                <numerusform>%n Clips</numerusform>
            </translation>
        </message>
        <message>
            <source>unused</source>
            <translation>unbenutzt</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>fehlt</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Return</translation>
        </message>
    </context>
    <context>
        <name>SpanSection</name>
        <message>
            <source>Loop this</source>
            <translation>Loopen</translation>
        </message>
        <message>
            <source>Remake these bars</source>
            <translation>Takte erneuern</translation>
        </message>
        <message>
            <source>Let these bars be composed anew; what lies around them stays</source>
            <translation>Diese Takte neu komponieren; was darum herum liegt, bleibt</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Ende</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Bar {first}</source>
            <translation>Takt {first}</translation>
        </message>
        <message>
            <source>Bars {first}–{last}</source>
            <translation>Takt {first}–{last}</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
    </context>
    <context>
        <name>StartPage</name>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>You can compose, edit and send songs to your DAW all the same; sound comes with a device.</source>
            <translation>Komponieren, Bearbeiten und Senden an die DAW gehen trotzdem; Klang kommt mit einem Gerät.</translation>
        </message>
        <message>
            <source>MusicGen Desktop</source>
            <translation>MusicGen Desktop</translation>
        </message>
        <message>
            <source>What should it sound like?</source>
            <translation>Wie soll es klingen?</translation>
        </message>
        <message>
            <source>A style, a mood, instruments, a tempo, a key …</source>
            <translation>Stil, Stimmung, Instrumente, Tempo, Tonart – auf Englisch …</translation>
        </message>
        <message>
            <source>Compose</source>
            <translation>Komponieren</translation>
        </message>
        <message>
            <source>Compose (Return)</source>
            <translation>Komponieren (Return)</translation>
        </message>
        <message>
            <source>Composer writes it on this machine, in about a second: no model, download or account is needed.</source>
            <translation>Composer schreibt es auf diesem Rechner, in etwa einer Sekunde: ohne Modell, Download oder Konto.</translation>
        </message>
        <message>
            <source>OR TRY ONE OF THESE</source>
            <translation>ODER EINES DAVON VERSUCHEN</translation>
        </message>
        <message>
            <source>Empty project</source>
            <translation>Leeres Projekt</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>Öffnen…</translation>
        </message>
        <message>
            <source>RECENT PROJECTS</source>
            <translation>LETZTE PROJEKTE</translation>
        </message>
        <message>
            <source>OR BEGIN ANOTHER WAY</source>
            <translation>ODER ANDERS BEGINNEN</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Stop what is running</source>
            <translation>Laufendes stoppen</translation>
        </message>
    </context>
    <context>
        <name>StemsRow</name>
        <message>
            <source>Stem to add</source>
            <translation>Neuer Stem</translation>
        </message>
        <message>
            <source>Stems</source>
            <translation>Stems</translation>
        </message>
        <message>
            <source>Stems · the style chooses until you do</source>
            <translation>Stems · ohne eigene Wahl wählt der Stil</translation>
        </message>
        <message>
            <source>The project has this stem already</source>
            <translation>Das Projekt hat diesen Stem schon</translation>
        </message>
    </context>
    <context>
        <name>StepKeys</name>
        <message>
            <source>Step input: A W S E D … write notes, 0 is a rest, + a tie, Backspace goes back, Esc ends.</source>
            <translation>Step-Eingabe: A W S E D … schreiben Noten, 0 ist eine Pause, + ein Haltebogen, Rücktaste geht zurück, Esc beendet.</translation>
        </message>
        <message>
            <source>The key A is {name} now.</source>
            <translation>Die Taste A ist jetzt {name}.</translation>
        </message>
    </context>
    <context>
        <name>StepLine</name>
        <message>
            <source>auto</source>
            <translation>auto</translation>
        </message>
    </context>
    <context>
        <name>StripList</name>
        <message>
            <source>Effects</source>
            <translation>Effekte</translation>
        </message>
        <message>
            <source>No effects</source>
            <translation>Keine Effekte</translation>
        </message>
        <message>
            <source>Sends</source>
            <translation>Sends</translation>
        </message>
        <message>
            <source>{send}, before the fader</source>
            <translation>{send}, vor dem Fader</translation>
        </message>
        <message>
            <source>{send}, off</source>
            <translation>{send}, aus</translation>
        </message>
        <message>
            <source>No sends</source>
            <translation>Keine Sends</translation>
        </message>
        <message>
            <source>{effect}, bypassed</source>
            <translation>{effect}, Bypass</translation>
        </message>
        <message>
            <source>Show the effect {effect}</source>
            <translation>Effekt {effect} zeigen</translation>
        </message>
    </context>
    <context>
        <name>StripMenus</name>
        <message>
            <source>Effect</source>
            <translation>Effekt</translation>
        </message>
        <message>
            <source>No bus to send to</source>
            <translation>Kein Bus als Ziel</translation>
        </message>
        <message>
            <source>Open	Return</source>
            <translation>Öffnen	Return</translation>
        </message>
        <message>
            <source>Bypass</source>
            <translation>Bypass</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Preset</translation>
        </message>
        <message>
            <source>Defaults</source>
            <translation>Standard</translation>
        </message>
        <message>
            <source>Move up	Alt+Up</source>
            <translation>Nach oben	Alt+Hoch</translation>
        </message>
        <message>
            <source>Move down	Alt+Down</source>
            <translation>Nach unten	Alt+Runter</translation>
        </message>
        <message>
            <source>Insert effect below…</source>
            <translation>Effekt darunter einfügen…</translation>
        </message>
        <message>
            <source>bypass</source>
            <translation>Umgehen</translation>
        </message>
        <message>
            <source>Remove	Del</source>
            <translation>Entfernen	Entf</translation>
        </message>
        <message>
            <source>Type a level…	Return</source>
            <translation>Pegel eingeben…	Return</translation>
        </message>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>Before the fader</source>
            <translation>Vor dem Fader</translation>
        </message>
        <message>
            <source>Add send to</source>
            <translation>Send hinzufügen zu</translation>
        </message>
        <message>
            <source>Add effect…</source>
            <translation>Effekt hinzufügen…</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <source>Colour {number}</source>
            <translation>Farbe {number}</translation>
        </message>
        <message>
            <source>Instrument…</source>
            <translation>Instrument…</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgang</translation>
        </message>
        <message>
            <source>Trim before the effects…</source>
            <translation>Trim vor den Effekten…</translation>
        </message>
        <message>
            <source>Invert polarity</source>
            <translation>Polarität umkehren</translation>
        </message>
        <message>
            <source>Learn MIDI</source>
            <translation>MIDI lernen</translation>
        </message>
        <message>
            <source>fader</source>
            <translation>Fader</translation>
        </message>
        <message>
            <source>pan</source>
            <translation>Panorama</translation>
        </message>
        <message>
            <source>mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>solo</source>
            <translation>Solo</translation>
        </message>
        <message>
            <source>arm</source>
            <translation>Aufnahmebereit</translation>
        </message>
    </context>
    <context>
        <name>StylesCard</name>
        <message>
            <source>Styles</source>
            <translation>Stile</translation>
        </message>
        <message>
            <source>Open styles folder</source>
            <translation>Ordner der Stile öffnen</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>Neu einlesen</translation>
        </message>
        <message numerus="yes">
            <source>%n style(s). Files of your own go into the styles folder.</source>
            <translation>
                <numerusform>%n Stil. Eigene Dateien gehören in den Ordner der Stile.</numerusform>
                <numerusform>%n Stile. Eigene Dateien gehören in den Ordner der Stile.</numerusform>
            </translation>
        </message>
        <message>
            <source>{slowest}–{fastest} BPM</source>
            <translation>{slowest}–{fastest} BPM</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be made.</source>
            <translation>Der Ordner {folder} lässt sich nicht anlegen.</translation>
        </message>
    </context>
    <context>
        <name>SwitchControl</name>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
    </context>
    <context>
        <name>SyncButton</name>
        <message>
            <source>Sync with other machines</source>
            <translation>Mit anderen Geräten synchronisieren</translation>
        </message>
        <message>
            <source>Send MIDI clock to</source>
            <translation>MIDI-Clock senden an</translation>
        </message>
        <message>
            <source>Send MIDI time code to</source>
            <translation>MIDI-Timecode senden an</translation>
        </message>
        <message>
            <source>Follow MIDI clock from</source>
            <translation>MIDI-Clock folgen von</translation>
        </message>
        <message>
            <source>Follow MIDI time code from</source>
            <translation>MIDI-Timecode folgen von</translation>
        </message>
        <message>
            <source>Other machines run with this song: its clock is sent. Click to change that.</source>
            <translation>Andere Geräte laufen mit diesem Song: Seine Clock wird gesendet. Klicken, um das zu ändern.</translation>
        </message>
        <message>
            <source>Sync: sending</source>
            <translation>Sync: sendet</translation>
        </message>
        <message>
            <source>Sync: off</source>
            <translation>Sync: aus</translation>
        </message>
        <message>
            <source>The song runs on its own. Click to run with others.</source>
            <translation>Der Song läuft für sich. Klicken, um mit anderen zu laufen.</translation>
        </message>
        <message>
            <source>Following {name} at {bpm:.1f} BPM</source>
            <translation>Folgt {name} mit {bpm:.1f} BPM</translation>
        </message>
        <message>
            <source>▶ {bpm:.1f} BPM</source>
            <translation>▶ {bpm:.1f} BPM</translation>
        </message>
        <message>
            <source>Following {name}</source>
            <translation>Folgt {name}</translation>
        </message>
        <message>
            <source>▶ {name}</source>
            <translation>▶ {name}</translation>
        </message>
        <message>
            <source>! Clock lost</source>
            <translation>! Clock verloren</translation>
        </message>
        <message>
            <source>{name} stands; the song starts when it does.</source>
            <translation>{name} steht; der Song startet mit.</translation>
        </message>
        <message>
            <source>■ {name}</source>
            <translation>■ {name}</translation>
        </message>
        <message>
            <source>Nothing is heard of {name} yet; start its sender.</source>
            <translation>Von {name} ist noch nichts zu hören; den Sender starten.</translation>
        </message>
        <message>
            <source>… {name}</source>
            <translation>… {name}</translation>
        </message>
        <message>
            <source>MIDI clock</source>
            <translation>MIDI-Clock</translation>
        </message>
        <message>
            <source>MIDI time code</source>
            <translation>MIDI-Timecode</translation>
        </message>
        <message>
            <source>JACK transport</source>
            <translation>JACK-Transport</translation>
        </message>
        <message>
            <source>Ableton Link</source>
            <translation>Ableton Link</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Move the JACK transport</source>
            <translation>JACK-Transport bewegen</translation>
        </message>
        <message>
            <source>Follow the JACK transport</source>
            <translation>JACK-Transport folgen</translation>
        </message>
        <message>
            <source>Follow Ableton Link</source>
            <translation>Ableton Link folgen</translation>
        </message>
        <message>
            <source>No MIDI output is there</source>
            <translation>Kein MIDI-Ausgang vorhanden</translation>
        </message>
        <message>
            <source>No MIDI input is there</source>
            <translation>Kein MIDI-Eingang vorhanden</translation>
        </message>
        <message>
            <source>A port of this program (“Sync”)</source>
            <translation>Ein Port dieses Programms („Sync“)</translation>
        </message>
        <message>
            <source>Looking for MIDI ports…</source>
            <translation>MIDI-Ports werden gesucht…</translation>
        </message>
    </context>
    <context>
        <name>TakeCard</name>
        <message>
            <source>A take</source>
            <translation>Ein Take</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Copy the seed {seed}</source>
            <translation>Seed {seed} kopieren</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Created</source>
            <translation>Erstellt</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Not measured: made on the grid, not listened to yet.</source>
            <translation>Nicht gemessen: auf dem Raster entstanden, noch nicht angehört.</translation>
        </message>
        <message>
            <source>Seed {seed} copied.</source>
            <translation>Seed {seed} kopiert.</translation>
        </message>
    </context>
    <context>
        <name>TakeDelegate</name>
        <message>
            <source>Name of the take</source>
            <translation>Name des Takes</translation>
        </message>
    </context>
    <context>
        <name>Takes</name>
        <message>
            <source>bar {first}</source>
            <translation>Takt {first}</translation>
        </message>
        <message>
            <source>bars {first}–{last}</source>
            <translation>Takt {first}–{last}</translation>
        </message>
        <message>
            <source>Kept “{name}” in {where}, in place of what was there: {tracks}. {undo} brings the old back.</source>
            <translation>„{name}“ behalten in {where}, anstelle des Vorhandenen: {tracks}. {undo} holt das Alte zurück.</translation>
        </message>
        <message>
            <source>Kept “{name}” in {where} on new tracks: {tracks}.</source>
            <translation>„{name}“ behalten in {where} auf neuen Spuren: {tracks}.</translation>
        </message>
        <message>
            <source>Kept “{name}” in {where}: {tracks}.</source>
            <translation>„{name}“ behalten in {where}: {tracks}.</translation>
        </message>
        <message>
            <source>Still as before: {others}.</source>
            <translation>Wie vorher: {others}.</translation>
        </message>
        <message>
            <source>1 bar</source>
            <translation>1 Takt</translation>
        </message>
        <message>
            <source>{count} bars</source>
            <translation>{count} Takte</translation>
        </message>
        <message>
            <source>ended early</source>
            <translation>endete früh</translation>
        </message>
        <message>
            <source>Ended early, after {seconds} s.</source>
            <translation>Endete früh, nach {seconds} s.</translation>
        </message>
        <message>
            <source>Yours: free to use commercially</source>
            <translation>Eigen: kommerziell frei nutzbar</translation>
        </message>
        <message>
            <source>Not for commercial release ({licence})</source>
            <translation>Nicht für kommerzielle Veröffentlichung ({licence})</translation>
        </message>
        <message>
            <source>Remake of {stems}, bars {first}–{last}</source>
            <translation>Neufassung von {stems}, Takt {first}–{last}</translation>
        </message>
        <message>
            <source>Goes on from bar {bar}</source>
            <translation>Fortsetzung ab Takt {bar}</translation>
        </message>
        <message>
            <source>Layer: {role}</source>
            <translation>Ebene: {role}</translation>
        </message>
        <message>
            <source>New song</source>
            <translation>Neuer Song</translation>
        </message>
        <message>
            <source>Take</source>
            <translation>Take</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Entstehung</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Music</source>
            <translation>Musik</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
        <message>
            <source>Meter</source>
            <translation>Taktart</translation>
        </message>
        <message>
            <source>Bars</source>
            <translation>Takte</translation>
        </message>
        <message>
            <source>Stems</source>
            <translation>Stems</translation>
        </message>
        <message>
            <source>Chords</source>
            <translation>Akkorde</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Form</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>Gemessen</translation>
        </message>
        <message>
            <source>Prompt, word by word</source>
            <translation>Prompt, Wort für Wort</translation>
        </message>
        <message>
            <source>not understood</source>
            <translation>nicht verstanden</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Wunsch</translation>
        </message>
        <message>
            <source>Loudness</source>
            <translation>Lautheit</translation>
        </message>
        <message>
            <source>Tempo error</source>
            <translation>Tempofehler</translation>
        </message>
        <message>
            <source>Downbeat error</source>
            <translation>Taktfehler</translation>
        </message>
        <message>
            <source>Key agrees</source>
            <translation>Tonart stimmt</translation>
        </message>
        <message>
            <source>Decoded by</source>
            <translation>Dekodiert mit</translation>
        </message>
        <message>
            <source>Codec steps a second</source>
            <translation>Codec-Schritte pro Sekunde</translation>
        </message>
        <message>
            <source>First sound</source>
            <translation>Erster Klang</translation>
        </message>
        <message>
            <source>Time taken</source>
            <translation>Gebrauchte Zeit</translation>
        </message>
        <message>
            <source>Worst seam</source>
            <translation>Schlechteste Naht</translation>
        </message>
        <message>
            <source>Ended early</source>
            <translation>Endete früh</translation>
        </message>
        <message>
            <source>Because</source>
            <translation>Weil</translation>
        </message>
        <message>
            <source>Share made</source>
            <translation>Gemachter Anteil</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
    </context>
    <context>
        <name>TakesBridge</name>
        <message>
            <source>“{prompt}”</source>
            <translation>„{prompt}“</translation>
        </message>
        <message>
            <source>A take</source>
            <translation>Ein Take</translation>
        </message>
        <message>
            <source>{number} of {count} · {name}</source>
            <translation>{number} von {count} · {name}</translation>
        </message>
    </context>
    <context>
        <name>TakesList</name>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Stern</translation>
        </message>
        <message>
            <source>Audition</source>
            <translation>Vorhören</translation>
        </message>
        <message>
            <source>Drag “{name}” into your DAW</source>
            <translation>„{name}“ in die DAW ziehen</translation>
        </message>
        <message>
            <source>In the song</source>
            <translation>Im Song</translation>
        </message>
    </context>
    <context>
        <name>TakesModel</name>
        <message>
            <source>starred</source>
            <translation>mit Stern</translation>
        </message>
        <message>
            <source>in the song</source>
            <translation>im Song</translation>
        </message>
        <message>
            <source>sounds now</source>
            <translation>klingt gerade</translation>
        </message>
    </context>
    <context>
        <name>TakesPage</name>
        <message>
            <source>Search name, prompt, engine or seed</source>
            <translation>Name, Prompt, Engine oder Seed suchen</translation>
        </message>
        <message>
            <source>Search takes</source>
            <translation>Takes suchen</translation>
        </message>
        <message>
            <source>Starred</source>
            <translation>Mit Stern</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Stern</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Takes in this project</source>
            <translation>Takes in diesem Projekt</translation>
        </message>
        <message>
            <source>Use these settings</source>
            <translation>Diese Einstellungen verwenden</translation>
        </message>
        <message>
            <source>No takes yet</source>
            <translation>Noch keine Takes</translation>
        </message>
        <message>
            <source>Takes that you keep are listed here with their prompt and seed.</source>
            <translation>Behaltene Takes stehen hier mit Prompt und Seed.</translation>
        </message>
        <message>
            <source>Return</source>
            <translation>Return</translation>
        </message>
        <message>
            <source>Take the star away</source>
            <translation>Stern entfernen</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Not starred</source>
            <translation>Ohne Stern</translation>
        </message>
    </context>
    <context>
        <name>TakesView</name>
        <message>
            <source>Find a take</source>
            <translation>Take suchen</translation>
        </message>
        <message>
            <source>Show starred takes only</source>
            <translation>Nur Takes mit Stern zeigen</translation>
        </message>
        <message>
            <source>“{name}” was deleted.</source>
            <translation>„{name}“ wurde gelöscht.</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Compare as A</source>
            <translation>Als A vergleichen</translation>
        </message>
        <message>
            <source>Compare as B</source>
            <translation>Als B vergleichen</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Audition take {number}</source>
            <translation>Take {number} vorhören</translation>
        </message>
        <message>
            <source>Audition or stop</source>
            <translation>Vorhören/Stopp</translation>
        </message>
        <message>
            <source>Use these settings</source>
            <translation>Diese Einstellungen verwenden</translation>
        </message>
        <message>
            <source>Copy prompt</source>
            <translation>Prompt kopieren</translation>
        </message>
        <message>
            <source>Show all parameters</source>
            <translation>Alle Parameter zeigen</translation>
        </message>
        <message>
            <source>Go on with it</source>
            <translation>Damit weitermachen</translation>
        </message>
        <message>
            <source>Make it again</source>
            <translation>Noch einmal machen</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Stern</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Switch between A and B</source>
            <translation>Zwischen A und B wechseln</translation>
        </message>
        <message>
            <source>Stop the audition</source>
            <translation>Vorhören stoppen</translation>
        </message>
        <message>
            <source>Takes · {count}</source>
            <translation>Takes · {count}</translation>
        </message>
        <message>
            <source>There is nothing to go on from: the take is whole.</source>
            <translation>Hier gibt es nichts fortzusetzen: Der Take ist ganz.</translation>
        </message>
        <message>
            <source>The prompt is in the clipboard.</source>
            <translation>Der Prompt ist in der Zwischenablage.</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>muted</source>
            <translation>stumm</translation>
        </message>
        <message>
            <source>file missing</source>
            <translation>Datei fehlt</translation>
        </message>
        <message>
            <source>reversed</source>
            <translation>umgekehrt</translation>
        </message>
        <message>
            <source>not for sale</source>
            <translation>unverkäuflich</translation>
        </message>
        <message>
            <source>File missing</source>
            <translation>Datei fehlt</translation>
        </message>
    </context>
    <context>
        <name>TimelineMenu</name>
        <message>
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <source>As the track</source>
            <translation>Wie die Spur</translation>
        </message>
        <message>
            <source>Colour {number}</source>
            <translation>Farbe {number}</translation>
        </message>
        <message>
            <source>Paste clips here</source>
            <translation>Clips hier einfügen</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Werkzeug</translation>
        </message>
    </context>
    <context>
        <name>TimelineToolbar</name>
        <message>
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>The grid that clips snap to; hold Ctrl to leave it</source>
            <translation>Raster, auf dem Clips einrasten; Strg hebt es auf</translation>
        </message>
        <message>
            <source>Adaptive</source>
            <translation>Adaptiv</translation>
        </message>
        <message>
            <source>Bar</source>
            <translation>Takt</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Triplets</source>
            <translation>Triolen</translation>
        </message>
    </context>
    <context>
        <name>TrackRenders</name>
        <message>
            <source>Track</source>
            <translation>Spur</translation>
        </message>
        <message>
            <source>Freeze or thaw the track</source>
            <translation>Spur einfrieren oder auftauen</translation>
        </message>
        <message>
            <source>Bounce to an audio track</source>
            <translation>Auf Audiospur bouncen</translation>
        </message>
        <message>
            <source>Freezing {name}</source>
            <translation>{name} wird eingefroren</translation>
        </message>
        <message>
            <source>Bouncing {name}</source>
            <translation>{name} wird gebounct</translation>
        </message>
        <message>
            <source>The project was saved elsewhere meanwhile; do it once more: {title}</source>
            <translation>Das Projekt wurde inzwischen anderswo gespeichert; noch einmal ausführen: {title}</translation>
        </message>
        <message>
            <source>Choose a track first.</source>
            <translation>Zuerst eine Spur wählen.</translation>
        </message>
    </context>
    <context>
        <name>TrackSection</name>
        <message>
            <source>Track colour</source>
            <translation>Spurfarbe</translation>
        </message>
        <message>
            <source>Track name</source>
            <translation>Spurname</translation>
        </message>
        <message>
            <source>Drag the stem into your DAW</source>
            <translation>Den Stem in die DAW ziehen</translation>
        </message>
        <message>
            <source>Choose the instrument</source>
            <translation>Instrument wählen</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>Instrument</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Einfrieren</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Instrument: {name}</source>
            <translation>Instrument: {name}</translation>
        </message>
        <message>
            <source>Frozen: plays a file</source>
            <translation>Eingefroren: spielt Datei</translation>
        </message>
        <message>
            <source>Not frozen</source>
            <translation>Nicht eingefroren</translation>
        </message>
        <message>
            <source>Inverted</source>
            <translation>Umgekehrt</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>Fader</source>
            <translation>Fader</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>Pan</translation>
        </message>
        <message>
            <source>Trim before the effects</source>
            <translation>Trim vor den Effekten</translation>
        </message>
        <message>
            <source>Turn the wave upside down</source>
            <translation>Wellenform umkehren</translation>
        </message>
        <message>
            <source>Polarity</source>
            <translation>Polarität</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgang</translation>
        </message>
        <message>
            <source>Strip</source>
            <translation>Kanalzug</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>Gain</translation>
        </message>
        <message>
            <source>Trim</source>
            <translation>Trim</translation>
        </message>
        <message>
            <source>Audio</source>
            <translation>Audio</translation>
        </message>
        <message>
            <source>Bus</source>
            <translation>Bus</translation>
        </message>
        <message>
            <source>Master</source>
            <translation>Master</translation>
        </message>
    </context>
    <context>
        <name>TransferView</name>
        <message>
            <source>Compressor curve</source>
            <translation>Kompressor-Kurve</translation>
        </message>
    </context>
    <context>
        <name>TransportBar</name>
        <message>
            <source>Transport</source>
            <translation>Transport</translation>
        </message>
        <message>
            <source>Position in bars</source>
            <translation>Position in Takten</translation>
        </message>
        <message>
            <source>Position in time</source>
            <translation>Position in Zeit</translation>
        </message>
        <message>
            <source>Tempo in BPM</source>
            <translation>Tempo in BPM</translation>
        </message>
        <message>
            <source>TAP</source>
            <translation>TAP</translation>
        </message>
        <message>
            <source>Tap the tempo</source>
            <translation>Tempo tippen</translation>
        </message>
        <message>
            <source>Tap here in time, and the song takes your tempo</source>
            <translation>Hier im Takt tippen, und der Song übernimmt das Tempo</translation>
        </message>
        <message>
            <source>Meter</source>
            <translation>Taktart</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Tonart</translation>
        </message>
        <message>
            <source>Processor load and dropouts</source>
            <translation>Prozessorlast und Aussetzer</translation>
        </message>
        <message>
            <source>Sound device</source>
            <translation>Audiogerät</translation>
        </message>
        <message>
            <source>CPU {share} % · {dropouts}</source>
            <translation>CPU {share} % · {dropouts}</translation>
        </message>
        <message numerus="yes">
            <source>Mixing takes {share} % of one core; %n dropout(s) so far</source>
            <translation>
                <numerusform>Mischen braucht {share} % eines Kerns; bisher %n Aussetzer</numerusform>
                <numerusform>Mischen braucht {share} % eines Kerns; bisher %n Aussetzer</numerusform>
            </translation>
        </message>
        <message>
            <source>No sound yet</source>
            <translation>Noch kein Ton</translation>
        </message>
        <message>
            <source>The sound device is being opened. Click to choose another one.</source>
            <translation>Das Audiogerät wird geöffnet. Klick wählt ein anderes.</translation>
        </message>
        <message>
            <source>No sound card</source>
            <translation>Kein Gerät</translation>
        </message>
        <message>
            <source>{name}: {rate}, {frames} frames. Click to choose another one.</source>
            <translation>{name}: {rate}, {frames} Frames. Klick wählt ein anderes.</translation>
        </message>
        <message>
            <source>A tempo is a number of BPM, like 120 or 92.5.</source>
            <translation>Ein Tempo ist eine Zahl in BPM, etwa 120 oder 92.5.</translation>
        </message>
    </context>
    <context>
        <name>UnderstoodChips</name>
        <message>
            <source>What was understood</source>
            <translation>Was verstanden wurde</translation>
        </message>
        <message>
            <source>{word}?</source>
            <translation>{word}?</translation>
        </message>
        <message>
            <source>“{word}” means nothing to the engine</source>
            <translation>„{word}“ sagt der Engine nichts</translation>
        </message>
        <message>
            <source>“{words}”: {meaning}</source>
            <translation>„{words}“: {meaning}</translation>
        </message>
        <message>
            <source>{words}: not used</source>
            <translation>{words}: nicht verwendet</translation>
        </message>
    </context>
    <context>
        <name>VelocityPopover</name>
        <message>
            <source>Velocity</source>
            <translation>Anschlagstärke</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Setzen</translation>
        </message>
        <message>
            <source>1 to 127</source>
            <translation>1 bis 127</translation>
        </message>
    </context>
    <context>
        <name>View</name>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Go to the prompt</source>
            <translation>Zum Prompt</translation>
        </message>
        <message>
            <source>Go to the timeline</source>
            <translation>Zur Timeline</translation>
        </message>
        <message>
            <source>Mixer</source>
            <translation>Mixer</translation>
        </message>
        <message>
            <source>Piano roll</source>
            <translation>Piano-Roll</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>Inspektor</translation>
        </message>
        <message>
            <source>Effect</source>
            <translation>Effekt</translation>
        </message>
        <message>
            <source>Browser</source>
            <translation>Browser</translation>
        </message>
        <message>
            <source>Plots</source>
            <translation>Analyse</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <source>To your DAW</source>
            <translation>Zur DAW</translation>
        </message>
        <message>
            <source>Next panel</source>
            <translation>Nächstes Panel</translation>
        </message>
        <message>
            <source>Previous panel</source>
            <translation>Voriges Panel</translation>
        </message>
        <message>
            <source>Maximise the panel below</source>
            <translation>Unteres Feld groß zeigen</translation>
        </message>
        <message>
            <source>Give mixer, piano roll or browser most of the window, and back</source>
            <translation>Mixer, Piano-Roll oder Browser den größten Teil des Fensters geben, und zurück</translation>
        </message>
        <message>
            <source>Reset layout</source>
            <translation>Anordnung zurücksetzen</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Commands…</source>
            <translation>Befehle…</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>MIDI and controllers…</source>
            <translation>MIDI und Controller…</translation>
        </message>
        <message>
            <source>Exchange folder…</source>
            <translation>Austauschordner…</translation>
        </message>
        <message>
            <source>About MusicGen Desktop</source>
            <translation>Über MusicGen Desktop</translation>
        </message>
    </context>
    <context>
        <name>When</name>
        <message>
            <source>just now</source>
            <translation>gerade eben</translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>vor %n Minute</numerusform>
                <numerusform>vor %n Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) ago</source>
            <translation>
                <numerusform>vor %n Stunde</numerusform>
                <numerusform>vor %n Stunden</numerusform>
            </translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>gestern</translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>vor %n Tag</numerusform>
                <numerusform>vor %n Tagen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Wires</name>
        <message>
            <source>This take is not on the shelf any more.</source>
            <translation>Dieser Take liegt nicht mehr in der Ablage.</translation>
        </message>
        <message>
            <source>The files are being made: drag again when the handle has a check.</source>
            <translation>Die Dateien werden erstellt: noch einmal ziehen, wenn der Griff ein Häkchen hat.</translation>
        </message>
        <message>
            <source>Ready to be dragged: {names}</source>
            <translation>Bereit zum Ziehen: {names}</translation>
        </message>
    </context>
    <context>
        <name>WordChips</name>
        <message>
            <source>Styles</source>
            <translation>Stile</translation>
        </message>
        <message>
            <source>Moods</source>
            <translation>Stimmungen</translation>
        </message>
        <message>
            <source>Instruments</source>
            <translation>Instrumente</translation>
        </message>
        <message>
            <source>Words for the prompt</source>
            <translation>Wörter für den Prompt</translation>
        </message>
    </context>
    <context>
        <name>_Row</name>
        <message>
            <source>Missing</source>
            <translation>Fehlt</translation>
        </message>
    </context>
</TS>
