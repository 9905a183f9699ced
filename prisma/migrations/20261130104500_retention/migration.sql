-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "keepFilesDays" INTEGER,
ADD COLUMN     "keepFilesMegabytes" INTEGER,
ADD COLUMN     "keepRunsDays" INTEGER,
ADD COLUMN     "keepRunsMegabytes" INTEGER;
