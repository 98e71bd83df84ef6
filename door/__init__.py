"""The front door: what the server answers to others than a reader of the pages.

An API, the head of every page's HTML with a picture for those who pass a link on, figures to embed, and what stands in
every answer. The pages themselves are Streamlit's; `dashboard.py` joins both.
"""
