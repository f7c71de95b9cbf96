"""Pure NLP: documents in, findings out. Nothing here opens a socket or a database."""
