"""Village postings (公示): who received what, on paper and as a sheet, without anything private in them."""
