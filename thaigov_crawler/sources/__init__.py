"""Where a page comes from: one module a source, in `registry.py` all of them."""
