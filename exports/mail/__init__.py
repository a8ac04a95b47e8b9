"""Mail drafts to units: the text from a template, the draft as a file that mail programs open."""
