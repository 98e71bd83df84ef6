"""What a person sees: one file per page, and what the pages share. Reads the model, computes nothing itself."""
