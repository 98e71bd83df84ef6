"""The IT industry: exports, clients, freelancers, talent, one firm, continuity."""
