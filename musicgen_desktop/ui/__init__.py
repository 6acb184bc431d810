"""The window: everything a person sees. Each panel asks `session` for changes and paints what comes back."""
