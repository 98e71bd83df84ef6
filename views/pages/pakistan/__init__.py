"""The page Pakistan IT: the articles' figures beside the model's, one question a section."""
