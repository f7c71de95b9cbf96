"""Pure NLP: documents in, findings out. Nothing here opens a socket, a database or a person's file."""
