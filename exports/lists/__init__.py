"""Plain lists on paper: the register of a sending, reminders, contacts; as a workbook or as a PDF."""
