-- AlterTable
ALTER TABLE "sensors" ADD COLUMN     "address" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "address_place" TEXT;
