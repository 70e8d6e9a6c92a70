"""The layouts of pages: HTML goes in, raw fields come out. There is a module for each layout, and `registry.py`.

The modules use parsel and lxml. They import nothing of Scrapy and no other room of this package.
"""
