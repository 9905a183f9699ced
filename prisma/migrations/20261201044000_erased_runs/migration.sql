-- CreateTable
CREATE TABLE "ErasedRun" (
    "runId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ErasedRun_pkey" PRIMARY KEY ("runId")
);

-- CreateIndex
CREATE INDEX "ErasedRun_at_idx" ON "ErasedRun"("at");
