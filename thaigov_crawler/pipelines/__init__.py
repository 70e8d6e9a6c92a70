"""The pipelines: what happens to an article on its way to the store. Each file has one class."""
