-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "formerKeyHash" TEXT,
ADD COLUMN     "formerUntil" TIMESTAMP(3),
ADD COLUMN     "limits" JSONB;

-- AlterTable
ALTER TABLE "Deployment" ADD COLUMN     "limits" JSONB;

-- CreateTable
CREATE TABLE "UsageWindow" (
    "scope" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "endsAt" TIMESTAMP(3) NOT NULL,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "tokens" BIGINT NOT NULL DEFAULT 0,
    "costMicroUsd" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "UsageWindow_pkey" PRIMARY KEY ("scope","kind","startsAt")
);

-- CreateIndex
CREATE INDEX "UsageWindow_endsAt_idx" ON "UsageWindow"("endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_formerKeyHash_key" ON "ApiKey"("formerKeyHash");
