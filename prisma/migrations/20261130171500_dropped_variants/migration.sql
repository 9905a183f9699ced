-- AlterTable
ALTER TABLE "Experiment" ADD COLUMN     "dropped" JSONB NOT NULL DEFAULT '[]';
