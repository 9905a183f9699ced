-- Which rows of an experiment ask the same, and which copy of the same inputs each is.
ALTER TABLE "ExperimentRow" ADD COLUMN "inputsKey" TEXT NOT NULL DEFAULT '';
ALTER TABLE "ExperimentRow" ADD COLUMN "copy" INTEGER NOT NULL DEFAULT 0;
UPDATE "ExperimentRow" SET "inputsKey" = md5("inputs");
-- Where an answer that was taken again was given.
ALTER TABLE "ExperimentCell" ADD COLUMN "sourceId" TEXT;
-- Every finished look at a question, also of experiments that were deleted since.
CREATE TABLE "ExperimentLook" (
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "rowsKey" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExperimentLook_pkey" PRIMARY KEY ("experimentId", "question")
);
CREATE INDEX "ExperimentLook_pipelineId_question_createdAt_idx" ON "ExperimentLook"("pipelineId", "question", "createdAt");
CREATE INDEX "ExperimentLook_workspaceId_idx" ON "ExperimentLook"("workspaceId");
ALTER TABLE "ExperimentLook" ADD CONSTRAINT "ExperimentLook_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ExperimentLook" ADD CONSTRAINT "ExperimentLook_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;
