-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "allowedOrigins" TEXT[] DEFAULT ARRAY[]::TEXT[];
