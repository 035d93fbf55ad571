-- Reports are folds over journeys in memory: nothing is counted ahead any more.
drop table "changed_customers", "customer_totals", "customer_sessions", "call_paths";
