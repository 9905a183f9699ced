-- Vectors of training texts: a training that was broken off, or is repeated with other settings, does not ask the model again.
CREATE TABLE "TrainingVector" (
    "workspaceId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "textHash" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,
    "usedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TrainingVector_pkey" PRIMARY KEY ("workspaceId", "model", "textHash")
);

CREATE INDEX "TrainingVector_usedAt_idx" ON "TrainingVector"("usedAt");

ALTER TABLE "TrainingVector" ADD CONSTRAINT "TrainingVector_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
