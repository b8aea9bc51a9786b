-- AlterTable
ALTER TABLE "app_revisions" ADD COLUMN     "manifest_from" TEXT NOT NULL DEFAULT 'form';
