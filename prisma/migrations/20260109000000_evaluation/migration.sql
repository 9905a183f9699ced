-- AlterEnum
ALTER TYPE "RunTrigger" ADD VALUE 'evaluation';

-- CreateTable
CREATE TABLE "Dataset" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "columns" JSONB NOT NULL DEFAULT '[]',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "rowCount" INTEGER NOT NULL DEFAULT 0,
    "suppliedBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetRow" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "datasetId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "inputs" JSONB NOT NULL,
    "expected" JSONB NOT NULL DEFAULT '{}',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "weight" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "split" TEXT,
    "group" TEXT,
    "source" TEXT NOT NULL DEFAULT 'hand',
    "runId" TEXT,
    "inputsHash" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DatasetRow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetVersion" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "datasetId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "contentHash" TEXT NOT NULL,
    "columns" JSONB NOT NULL,
    "rowCount" INTEGER NOT NULL,
    "fileId" TEXT NOT NULL,
    "datasetRevision" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DatasetVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetLabel" (
    "workspaceId" TEXT NOT NULL,
    "datasetId" TEXT NOT NULL,
    "rowId" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    "labeller" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DatasetLabel_pkey" PRIMARY KEY ("rowId","column","labeller")
);

-- CreateTable
CREATE TABLE "Experiment" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "datasetVersionId" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'hand',
    "jobId" TEXT,
    "cellsTotal" INTEGER NOT NULL DEFAULT 0,
    "cellsDone" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "scorerHashes" JSONB NOT NULL DEFAULT '{}',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "report" JSONB,
    "judges" JSONB NOT NULL DEFAULT '{}',
    "shareHash" TEXT,
    "userId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExperimentRow" (
    "workspaceId" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "rowId" TEXT NOT NULL,
    "inputs" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "weight" DOUBLE PRECISION NOT NULL,
    "split" TEXT,
    "group" TEXT,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "failed" BOOLEAN NOT NULL DEFAULT false,
    "values" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],

    CONSTRAINT "ExperimentRow_pkey" PRIMARY KEY ("experimentId","row")
);

-- CreateTable
CREATE TABLE "ExperimentCell" (
    "workspaceId" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "variant" INTEGER NOT NULL,
    "repeat" INTEGER NOT NULL,
    "rowId" TEXT NOT NULL,
    "runId" TEXT,
    "cached" BOOLEAN NOT NULL DEFAULT false,
    "cacheKey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "outputs" TEXT NOT NULL,
    "scores" TEXT NOT NULL,
    "scoreErrors" JSONB NOT NULL DEFAULT '{}',
    "durationMs" INTEGER NOT NULL,
    "inputTokens" INTEGER NOT NULL,
    "outputTokens" INTEGER NOT NULL,
    "costMicroUsd" BIGINT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExperimentCell_pkey" PRIMARY KEY ("experimentId","row","variant","repeat")
);

-- CreateTable
CREATE TABLE "ExperimentPair" (
    "workspaceId" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "scorerId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "variant" INTEGER NOT NULL,
    "repeat" INTEGER NOT NULL,
    "value" DOUBLE PRECISION,
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ExperimentPair_pkey" PRIMARY KEY ("experimentId","scorerId","row","variant","repeat")
);

-- CreateTable
CREATE TABLE "ReviewAnswer" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "scorerId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "repeat" INTEGER NOT NULL,
    "variant" INTEGER NOT NULL,
    "reviewer" TEXT NOT NULL,
    "baselineLeft" BOOLEAN NOT NULL DEFAULT true,
    "value" DOUBLE PRECISION NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ReviewAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Gate" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "datasetId" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "spec" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Gate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GateCheck" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "gateId" TEXT NOT NULL,
    "experimentId" TEXT,
    "revisionId" TEXT NOT NULL,
    "baselineRevisionId" TEXT,
    "gateHash" TEXT NOT NULL,
    "passed" BOOLEAN,
    "results" JSONB NOT NULL DEFAULT '[]',
    "userId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "GateCheck_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Dataset_workspaceId_updatedAt_idx" ON "Dataset"("workspaceId", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_workspaceId_suppliedBy_key" ON "Dataset"("workspaceId", "suppliedBy");

-- CreateIndex
CREATE INDEX "DatasetRow_datasetId_position_idx" ON "DatasetRow"("datasetId", "position");

-- CreateIndex
CREATE INDEX "DatasetRow_datasetId_inputsHash_idx" ON "DatasetRow"("datasetId", "inputsHash");

-- CreateIndex
CREATE INDEX "DatasetRow_workspaceId_idx" ON "DatasetRow"("workspaceId");

-- CreateIndex
CREATE INDEX "DatasetVersion_workspaceId_idx" ON "DatasetVersion"("workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetVersion_datasetId_number_key" ON "DatasetVersion"("datasetId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetVersion_datasetId_contentHash_key" ON "DatasetVersion"("datasetId", "contentHash");

-- CreateIndex
CREATE INDEX "DatasetLabel_datasetId_column_idx" ON "DatasetLabel"("datasetId", "column");

-- CreateIndex
CREATE INDEX "DatasetLabel_workspaceId_idx" ON "DatasetLabel"("workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "Experiment_shareHash_key" ON "Experiment"("shareHash");

-- CreateIndex
CREATE INDEX "Experiment_workspaceId_createdAt_idx" ON "Experiment"("workspaceId", "createdAt");

-- CreateIndex
CREATE INDEX "Experiment_pipelineId_createdAt_idx" ON "Experiment"("pipelineId", "createdAt");

-- CreateIndex
CREATE INDEX "ExperimentRow_workspaceId_idx" ON "ExperimentRow"("workspaceId");

-- CreateIndex
CREATE INDEX "ExperimentCell_workspaceId_cacheKey_idx" ON "ExperimentCell"("workspaceId", "cacheKey");

-- CreateIndex
CREATE INDEX "ExperimentPair_workspaceId_idx" ON "ExperimentPair"("workspaceId");

-- CreateIndex
CREATE INDEX "ReviewAnswer_workspaceId_idx" ON "ReviewAnswer"("workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "ReviewAnswer_experimentId_scorerId_row_repeat_variant_revie_key" ON "ReviewAnswer"("experimentId", "scorerId", "row", "repeat", "variant", "reviewer");

-- CreateIndex
CREATE UNIQUE INDEX "Gate_pipelineId_key" ON "Gate"("pipelineId");

-- CreateIndex
CREATE INDEX "Gate_workspaceId_idx" ON "Gate"("workspaceId");

-- CreateIndex
CREATE INDEX "Gate_datasetId_idx" ON "Gate"("datasetId");

-- CreateIndex
CREATE INDEX "GateCheck_gateId_revisionId_createdAt_idx" ON "GateCheck"("gateId", "revisionId", "createdAt");

-- CreateIndex
CREATE INDEX "GateCheck_workspaceId_idx" ON "GateCheck"("workspaceId");

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetRow" ADD CONSTRAINT "DatasetRow_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetRow" ADD CONSTRAINT "DatasetRow_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersion" ADD CONSTRAINT "DatasetVersion_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersion" ADD CONSTRAINT "DatasetVersion_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetLabel" ADD CONSTRAINT "DatasetLabel_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetLabel" ADD CONSTRAINT "DatasetLabel_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetLabel" ADD CONSTRAINT "DatasetLabel_rowId_fkey" FOREIGN KEY ("rowId") REFERENCES "DatasetRow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_datasetVersionId_fkey" FOREIGN KEY ("datasetVersionId") REFERENCES "DatasetVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentRow" ADD CONSTRAINT "ExperimentRow_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentRow" ADD CONSTRAINT "ExperimentRow_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentCell" ADD CONSTRAINT "ExperimentCell_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentCell" ADD CONSTRAINT "ExperimentCell_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentPair" ADD CONSTRAINT "ExperimentPair_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentPair" ADD CONSTRAINT "ExperimentPair_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewAnswer" ADD CONSTRAINT "ReviewAnswer_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewAnswer" ADD CONSTRAINT "ReviewAnswer_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gate" ADD CONSTRAINT "Gate_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gate" ADD CONSTRAINT "Gate_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gate" ADD CONSTRAINT "Gate_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GateCheck" ADD CONSTRAINT "GateCheck_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GateCheck" ADD CONSTRAINT "GateCheck_gateId_fkey" FOREIGN KEY ("gateId") REFERENCES "Gate"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GateCheck" ADD CONSTRAINT "GateCheck_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE SET NULL ON UPDATE CASCADE;



ALTER TABLE "ApiKey" ADD COLUMN "mayEvaluate" BOOLEAN NOT NULL DEFAULT false;
