"""The demonstration data: invented by seeded code, in the publishers' layouts."""
