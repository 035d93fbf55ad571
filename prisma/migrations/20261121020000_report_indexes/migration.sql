-- Forms, searches, transactions and the like are found without reading the page views, of which there are ten to one.
create index touchpoints_rare on touchpoints (kind, occurred_at) where kind <> 'PAGE_VIEW';

-- Touchpoints that last: few, and all that can bridge a pause longer than a session's.
create index touchpoints_lasting on touchpoints (customer_id, occurred_at)
where coalesce(ended_at, occurred_at) > occurred_at;

-- The identities of records that nothing else identifies: what every count of customers leaves out.
create index identities_record on identities (id) include (customer_id) where kind = 'RECORD';
