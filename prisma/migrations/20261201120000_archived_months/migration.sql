-- CreateTable
CREATE TABLE "archived_months" (
    "month" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "rows" INTEGER,
    "sha256" TEXT,
    "stale_at" TIMESTAMPTZ(3),
    "restored_at" TIMESTAMPTZ(3),

    CONSTRAINT "archived_months_pkey" PRIMARY KEY ("month")
);
