"""What tells that two sentences rule one thing in two ways."""
