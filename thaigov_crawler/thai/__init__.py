"""The Thai language: pure functions of text, no Scrapy, no HTML."""
