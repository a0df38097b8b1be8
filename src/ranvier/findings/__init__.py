"""What an examination found: studies, segments, reference limits and quality."""
