"""The assessment on paper: JSON, terminal and one self-contained HTML file."""
