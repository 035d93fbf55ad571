-- Null of the interactions that are stored: `npm run rebuild` finds which of them keys tie to more than a contact has.
ALTER TABLE "interactions" ADD COLUMN "is_crowded" BOOLEAN;
