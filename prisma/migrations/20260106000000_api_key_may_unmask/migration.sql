-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "mayUnmask" BOOLEAN NOT NULL DEFAULT false;
