"""The published catalogue of subsidies in seven items (七公開) as PDF, workbook and HTML, and a plain card a policy."""
