"""Pages that ask for nothing from anywhere: one file, style and script allowed by hash."""
