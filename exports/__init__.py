"""Every file that leaves or comes back: plan documents, workbooks, formal papers."""
