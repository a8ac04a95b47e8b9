"""What comes back (收回): strangers' files opened safely, recognised, read cell by cell."""
