-- AlterTable
ALTER TABLE "InboxTask" ADD COLUMN     "tellAt" TIMESTAMP(3) DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "tellTries" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "InboxLink" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InboxLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailSettings" (
    "workspaceId" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "security" TEXT NOT NULL,
    "username" TEXT NOT NULL DEFAULT '',
    "password" TEXT,
    "sender" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MailSettings_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateIndex
CREATE INDEX "InboxLink_workspaceId_idx" ON "InboxLink"("workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "InboxLink_taskId_userId_key" ON "InboxLink"("taskId", "userId");

-- CreateIndex
CREATE INDEX "InboxTask_tellAt_idx" ON "InboxTask"("tellAt");

-- AddForeignKey
ALTER TABLE "InboxLink" ADD CONSTRAINT "InboxLink_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxLink" ADD CONSTRAINT "InboxLink_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "InboxTask"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MailSettings" ADD CONSTRAINT "MailSettings_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;


