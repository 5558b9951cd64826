"""Areas: countries, open sea, sectors and the study areas of the statistics."""
