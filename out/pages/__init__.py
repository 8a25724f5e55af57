"""Images of report pages, with the extracted values drawn over them."""
