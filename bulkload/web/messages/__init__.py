"""What the page says: headlines, buttons, and its own names for what other front ends call commands."""
