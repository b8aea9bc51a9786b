-- AlterTable
ALTER TABLE "datasets" ADD COLUMN     "beside_id" UUID,
ALTER COLUMN "run_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "datasets_beside_id_idx" ON "datasets"("beside_id");

-- AddForeignKey
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_beside_id_fkey" FOREIGN KEY ("beside_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
