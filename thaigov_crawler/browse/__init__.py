"""Reading the store in a browser: Datasette, with our own pages for articles, people and the search in Thai."""
