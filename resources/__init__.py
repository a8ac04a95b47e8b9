"""Data only: fonts, icons, the unit dictionary, the sample notice. Read through ``db.shipped``."""
