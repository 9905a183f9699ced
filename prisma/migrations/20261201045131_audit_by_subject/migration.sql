-- CreateIndex
CREATE INDEX "AuditEntry_workspaceId_subject_at_idx" ON "AuditEntry"("workspaceId", "subject", "at");


