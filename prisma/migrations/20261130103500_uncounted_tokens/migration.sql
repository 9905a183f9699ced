-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "uncountedCalls" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ExperimentCell" ALTER COLUMN "inputTokens" DROP NOT NULL,
ALTER COLUMN "outputTokens" DROP NOT NULL;
