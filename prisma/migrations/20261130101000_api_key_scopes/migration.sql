-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "allDeployments" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "mayRate" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "mayRead" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "mayRun" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "ApiKeyDeployment" (
    "apiKeyId" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,

    CONSTRAINT "ApiKeyDeployment_pkey" PRIMARY KEY ("apiKeyId","deploymentId")
);

-- CreateIndex
CREATE INDEX "ApiKeyDeployment_deploymentId_idx" ON "ApiKeyDeployment"("deploymentId");

-- AddForeignKey
ALTER TABLE "ApiKeyDeployment" ADD CONSTRAINT "ApiKeyDeployment_apiKeyId_fkey" FOREIGN KEY ("apiKeyId") REFERENCES "ApiKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKeyDeployment" ADD CONSTRAINT "ApiKeyDeployment_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
