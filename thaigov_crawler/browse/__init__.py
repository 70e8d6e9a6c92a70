"""Reading the store in a browser: Datasette, with pages of our own for articles, people and the search in Thai."""
