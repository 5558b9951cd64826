"""One reader per publisher, told by header set; what a file is, before anything is believed of it."""
