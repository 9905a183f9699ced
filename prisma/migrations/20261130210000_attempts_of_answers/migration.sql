-- AlterTable
ALTER TABLE "ExperimentCell" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "ExperimentRow" ADD COLUMN     "attempts" JSONB NOT NULL DEFAULT '{}';
