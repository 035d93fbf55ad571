-- AlterTable
ALTER TABLE "touchpoints" ADD COLUMN "data_quality" JSONB;

call known.make_again();
