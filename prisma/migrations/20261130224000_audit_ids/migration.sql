ALTER TABLE "audit" ADD COLUMN "actor_id" TEXT,
ADD COLUMN "seal" INTEGER;

CREATE TABLE "audit_seals" (
    "seq" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("seq")
);

CREATE INDEX "audit_seal" ON "audit"("seal");
