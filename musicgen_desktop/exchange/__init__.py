"""Ways from a project into other programs: each format is a package of its own."""
