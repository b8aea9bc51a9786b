-- AlterTable
ALTER TABLE "datastreams" ADD COLUMN     "judged_count" BIGINT,
ADD COLUMN     "judged_key" TEXT;
