"""What the generated pages hold; `scripts/write_pages.py` writes them."""
