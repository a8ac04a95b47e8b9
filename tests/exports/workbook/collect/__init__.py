"""Tests of what comes back."""
