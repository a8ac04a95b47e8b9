"""Payment sheets (發放表) of any length, read row by row: nothing in them is kept but what the database takes."""
