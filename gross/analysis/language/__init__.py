"""What sentences ask of people: a spaCy pipeline of named rule components, no model, loaded late."""
