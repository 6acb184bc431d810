"""The one door for command line, window and API: an open project, and all one may do to it.

Rooms inside: `store` (the open project), `controllers` (compose, remake, render, export), `doctor`, `bench`.
This page stays empty so that asking for help, or for the doctor on a broken machine, loads none of them.
"""
