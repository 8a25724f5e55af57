"""Pages of reports as pictures, with what was read drawn over them."""
