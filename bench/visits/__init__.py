"""What visits a page in a benchmark: a driven browser, a visitor of the page's protocol, and the servers they visit."""
