-- AlterTable
ALTER TABLE "Experiment" ADD COLUMN     "population" JSONB;

-- AlterTable
ALTER TABLE "ExperimentRow" ADD COLUMN     "covariates" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[];
