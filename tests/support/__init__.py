"""What tests of several packages share: documents made on the spot, comparisons, a browser."""
