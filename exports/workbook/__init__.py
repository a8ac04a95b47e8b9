"""Workbooks that leave the house or come back: the ledger, the units."""
