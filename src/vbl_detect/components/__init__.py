"""The spaCy shell: one component a file, each with its factory registered by entry point."""
