"""The articles' figures: their sliders, their words and their charts, for the page Pakistan IT."""
