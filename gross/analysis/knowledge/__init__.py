"""What changed in the world: facts as data files, each with its date and source."""
