"""The audio engine: `plan` compiles a project, `mixer` holds effects and strips, `offline` renders files.

Nothing is imported here; open the room that is needed.
"""
