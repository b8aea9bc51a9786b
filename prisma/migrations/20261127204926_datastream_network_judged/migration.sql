-- AlterTable
ALTER TABLE "datastreams" ADD COLUMN     "network_count" BIGINT,
ADD COLUMN     "network_key" TEXT;
