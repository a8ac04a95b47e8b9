"""Payment sheets: read, checked, stored."""
