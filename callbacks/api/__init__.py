"""The HTTP interface: lists, answers, exports and their description."""
