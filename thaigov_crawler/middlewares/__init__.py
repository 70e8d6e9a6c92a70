"""What stands between a request and its host: refusals, pauses, robots.txt."""
