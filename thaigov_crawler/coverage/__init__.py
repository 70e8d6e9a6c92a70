"""What the store covers, worked out and drawn: the axis of article IDs, the months, and a page of both."""
