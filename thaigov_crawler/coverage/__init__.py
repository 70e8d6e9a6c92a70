"""The coverage of the store: the axis of article IDs, the months, and a page that shows both."""
