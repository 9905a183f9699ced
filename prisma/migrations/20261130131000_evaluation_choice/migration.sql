-- The dataset, the columns and the scorer that a pipeline's answers are looked at with, chosen once for comparisons, experiments and the gate.
ALTER TABLE "Pipeline" ADD COLUMN "evaluationChoice" JSONB NOT NULL DEFAULT '{}';
