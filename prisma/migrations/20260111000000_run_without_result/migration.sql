-- AlterEnum
ALTER TYPE "RunStatus" ADD VALUE 'empty' AFTER 'success';
