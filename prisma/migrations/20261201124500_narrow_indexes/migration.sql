-- Reports read journeys, no longer the indexes of a customer's time, and whoever shows events reads their rows. What is
-- asked of an index alone is how many there are and until when they last: by the summary of a customer.
drop index "touchpoints_customer_time";
create index "touchpoints_customer_time" on "touchpoints" ("customer_id", "occurred_at") include ("ended_at");

drop index "interactions_customer_time";
create index "interactions_customer_time" on "interactions" ("customer_id", "session_start_time");
