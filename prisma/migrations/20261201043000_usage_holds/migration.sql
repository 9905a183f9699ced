-- CreateTable
CREATE TABLE "UsageHold" (
    "runId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "counted" BIGINT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UsageHold_pkey" PRIMARY KEY ("runId","scope","kind")
);
