"""What sentences ask of people: a spaCy pipeline of named components, by rules, loaded late."""
