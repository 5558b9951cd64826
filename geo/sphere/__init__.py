"""Great circles, and H3's own lattice on its icosahedron, for many points at once."""
