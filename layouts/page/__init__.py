"""The page's panels, and what several of them are made of."""
