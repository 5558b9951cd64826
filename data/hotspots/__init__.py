"""Hot spots and corridors: where more was recorded than around, and near which line."""
