"""Small parts that panels and answers are made of: buttons, choices, tables."""
