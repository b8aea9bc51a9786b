-- AlterTable
ALTER TABLE "sensors" ADD COLUMN     "recovered_until" TIMESTAMPTZ(3),
ADD COLUMN     "verdict_since" TIMESTAMPTZ(3);
