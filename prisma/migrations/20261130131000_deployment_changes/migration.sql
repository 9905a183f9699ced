-- What went live when and by whom. What is known of the time before is taken from the audit log; of the rest only what is live now.
CREATE TABLE "DeploymentChange" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "userId" TEXT,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeploymentChange_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "DeploymentChange_workspaceId_idx" ON "DeploymentChange"("workspaceId");
CREATE INDEX "DeploymentChange_deploymentId_at_idx" ON "DeploymentChange"("deploymentId", "at");
ALTER TABLE "DeploymentChange" ADD CONSTRAINT "DeploymentChange_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "DeploymentChange" ADD CONSTRAINT "DeploymentChange_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "DeploymentChange" ADD CONSTRAINT "DeploymentChange_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "DeploymentChange" ("id", "workspaceId", "deploymentId", "revisionId", "reason", "userId", "at")
SELECT a."id", d."workspaceId", d."id", r."id", 'publish', a."userId", a."at"
FROM "AuditEntry" a
JOIN "Deployment" d ON a."subject" = 'deployment:' || d."id" AND a."workspaceId" = d."workspaceId"
JOIN "Revision" r ON r."pipelineId" = d."pipelineId" AND r."number"::text = a."data" ->> 'revision'
WHERE a."action" = 'deployment.publish';

INSERT INTO "DeploymentChange" ("id", "workspaceId", "deploymentId", "revisionId", "reason", "userId", "at")
SELECT d."id", d."workspaceId", d."id", d."revisionId", 'publish', NULL, d."publishedAt"
FROM "Deployment" d
WHERE NOT EXISTS (SELECT 1 FROM "DeploymentChange" c WHERE c."deploymentId" = d."id" AND c."revisionId" = d."revisionId");

-- All that a deployment's page counts stands in the index itself.
DROP INDEX "Run_deploymentId_startedAt_idx";
CREATE INDEX "Run_deploymentId_startedAt_idx" ON "Run"("deploymentId", "startedAt", "status", "durationMs", "errorCode", "apiKeyId");
