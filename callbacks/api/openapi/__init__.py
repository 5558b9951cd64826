"""The interface's description (OpenAPI 3.1)."""
