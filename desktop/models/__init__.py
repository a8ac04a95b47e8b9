"""Tables that the pages show."""
