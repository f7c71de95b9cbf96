"""Run migrations on the app's own database. `gross init` calls this; so does `flask db`."""

from alembic import context
from flask import current_app

context.config.set_main_option("script_location", context.config.get_main_option("script_location"))
database = current_app.extensions["migrate"].db

with database.engine.connect() as connection:
    connection = connection.execution_options(gross_writes=True)
    context.configure(
        connection=connection, target_metadata=database.metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()
