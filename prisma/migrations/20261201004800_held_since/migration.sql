ALTER TABLE "forgettings" ADD COLUMN "held_since" TIMESTAMPTZ(3);
