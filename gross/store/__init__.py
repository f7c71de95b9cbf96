"""What is kept: one file a noun, with its table and the questions asked of it."""
