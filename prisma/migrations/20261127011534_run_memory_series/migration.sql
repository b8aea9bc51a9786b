-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "memory_series" JSONB;
