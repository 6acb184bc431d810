"""The window itself: docks, menus, dialogs, and the way of a project from the disk and back."""
