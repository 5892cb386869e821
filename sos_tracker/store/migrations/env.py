"""What Alembic runs: the missing steps, on the connection and in the transaction ``database.migrate`` gives it."""

from alembic import context

from sos_tracker.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
