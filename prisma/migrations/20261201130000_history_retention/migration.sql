-- What rows said before may be let go of; what was known before that is told no more.
alter type "retained_kind" add value 'HISTORY';
alter table "retention_runs" add column "known_since" timestamptz(3);
