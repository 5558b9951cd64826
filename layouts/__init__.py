"""What the page is made of: pure functions that return components."""
