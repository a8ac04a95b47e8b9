"""The records and their rules: schema, transactions, audit, search, backup. Knows no Qt and no file format."""
