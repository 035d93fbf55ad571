-- AlterTable
ALTER TABLE "identities" ADD COLUMN "is_public" BOOLEAN NOT NULL DEFAULT false;
