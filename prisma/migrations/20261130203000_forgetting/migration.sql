-- CreateTable
CREATE TABLE "forgettings" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "forgotten_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "receipt" JSONB,

    CONSTRAINT "forgettings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "forgettings_time" ON "forgettings"("at");

-- Nothing wrote into it yet. What it holds from now on are hashes of identities and of records.
ALTER TABLE "erasures" RENAME COLUMN "identity_id" TO "id";
ALTER TABLE "erasures" DROP CONSTRAINT "erasures_pkey", ADD CONSTRAINT "erasures_pkey" PRIMARY KEY ("id");

-- AlterTable
ALTER TABLE "erasures" DROP COLUMN "erased_by",
DROP COLUMN "reason",
ADD COLUMN     "forgetting_id" UUID NOT NULL;

-- CreateIndex
CREATE INDEX "erasures_forgetting" ON "erasures"("forgetting_id");

-- As before, but what a forgetting takes away, or changes in what others share, leaves nothing here.
create or replace function keep_history() returns trigger language plpgsql as $$
declare
  was jsonb;
begin
  if current_setting('c360.forgetting', true) = 'on' then
    return null;
  end if;
  -- Without nulls, in columns of JSON too: a key without a value reads like none. Of 80 columns most are null.
  was := json_strip_nulls(to_json(old));
  insert into history (relation, subject_id, id, until, body)
  values (tg_table_name, (was ->> tg_argv[0])::uuid, (was ->> tg_argv[1])::uuid, clock_timestamp(), was);
  return null;
end
$$;

-- PostgreSQL keeps samples of columns to plan by, and keeps those of a table that was emptied. Nothing is planned by these.
alter table history alter column body set statistics 0;
alter table revisions alter column body set statistics 0;
alter table rejections alter column body set statistics 0;
alter table originals alter column body set statistics 0;
alter table idempotency_keys alter column answer set statistics 0;
alter table interactions alter column interaction_notes set statistics 0, alter column metadata set statistics 0;
alter table touchpoints alter column metadata set statistics 0;
alter table customer_records alter column extra set statistics 0, alter column signals set statistics 0;
