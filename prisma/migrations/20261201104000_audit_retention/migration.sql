-- Entries of the audit may be let go of, by whole seals: what the seal says of it is as sure as the seal was.
alter type "retained_kind" add value 'AUDIT';
alter table "audit_seals" add column "gone" bytea;
