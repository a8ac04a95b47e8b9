"""Lists of subsidy policies from outside and out again (補貼政策表)."""
