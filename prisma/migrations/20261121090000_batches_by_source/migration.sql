-- A batch of records from several sources says what each of them was given: { "web": { "ACCEPTED": 3 }, … }.
alter table batches add column by_source jsonb;
