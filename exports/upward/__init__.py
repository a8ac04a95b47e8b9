"""The superior's own form (上報表), filled from the ledger: read, mapped, matched, and changed in single cells only."""
