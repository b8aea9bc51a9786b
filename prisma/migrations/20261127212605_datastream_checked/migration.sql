-- AlterTable
ALTER TABLE "datastreams" ADD COLUMN     "check_count" BIGINT,
ADD COLUMN     "check_key" TEXT;
