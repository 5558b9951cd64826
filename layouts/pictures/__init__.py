"""Pictures that leave, drawn on the server from tables and sentences alone; no dash, no browser."""
