-- AlterTable
ALTER TABLE "EndpointModel" ADD COLUMN     "maxConcurrency" INTEGER,
ADD COLUMN     "cachedInputMicroUsdPerM" BIGINT;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "waitingFor" TEXT,
ADD COLUMN     "waitingUntil" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Experiment" ADD COLUMN     "unanswered" INTEGER NOT NULL DEFAULT 0;
