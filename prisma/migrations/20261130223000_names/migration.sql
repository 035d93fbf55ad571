-- Customers are searched by the words of their names (src/customers/customers.repository.ts repeats the expression).
create index "customer_records_names" on "customer_records"
  using gin (to_tsvector('simple', regexp_replace("display_name", '[^[:alnum:]]+', ' ', 'g')));
