"""The sheet of questions: what the numbers say, one question at a time, each with its own few choices."""
