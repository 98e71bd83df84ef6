"""Sentences in several languages: the messages, their catalogues, and numbers, money and dates in a language's way."""
