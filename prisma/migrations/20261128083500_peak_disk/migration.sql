-- AlterTable
ALTER TABLE "app_executions" ADD COLUMN     "peak_disk_bytes" BIGINT;
