"""What happens to an article on its way to the store: one class a file."""
