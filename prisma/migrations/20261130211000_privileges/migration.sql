-- What rows said before, and the database as of then, hold personal data like the rows themselves: their owner alone reads
-- them. PostgreSQL grants nothing of this to others by itself; a database that was made by hand may have.
revoke all on all tables in schema public, known from public;
revoke all on schema known from public;
