"""The word lists and ITA facts as CSV files: what words mean is data, not code."""
