"""From records and identity to nodes and edges, a part a file."""
