"""The pocket edition: computed curves of every economy in one HTML file that needs no server and no connection."""
