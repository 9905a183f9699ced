-- AlterTable
ALTER TABLE "Deployment" ADD COLUMN     "chatMapping" JSONB;
