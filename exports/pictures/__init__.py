"""Charts drawn once, as a few plain shapes, and painted on screen and on paper alike."""
