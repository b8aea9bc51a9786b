import { join } from "node:path";
import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { requireCleaningSource } from "#lib/datasets/cleaning/fingerprint";
import { AppError } from "#lib/errors";
import { readObjectHead } from "#lib/objects/read-object";
import { detectFileType } from "#lib/tables/magic";
import { openZipFolder, type ZipFolder } from "#lib/tables/zip-folder";
import { chooseCase, chooseControl } from "./case-files/choose-case.ts";
import { readCase } from "./case-files/read-case.ts";
import type { CostBenefitData } from "./run.ts";
import { changesOf, type CostBenefitInputs, type CostBenefitParams, type CostBenefitResult } from "./schema.ts";

export const costBenefitIo = defineAlgorithmIo<
  CostBenefitInputs,
  CostBenefitParams,
  CostBenefitData,
  CostBenefitResult
>({
  open: async (scope, { inputs, params }) => {
    const folder = await openCaseZip(scope, inputs.uploadId);
    try {
      const { root, name } = chooseCase(folder);
      const shared = { files: folder, root, name, changes: changesOf(params) };
      const { source, horizon } = await readCase({ ...shared, control: chooseControl(folder, root, params.control) });
      if (params.compareWith === null) return { source, horizon, other: null };
      const other = await readCase({ ...shared, control: chooseControl(folder, root, params.compareWith) });
      return { source, horizon, other: other.source };
    } finally {
      folder.close();
    }
  },
});

async function openCaseZip({ ctx, tempDir }: RunScope, uploadId: string): Promise<ZipFolder> {
  const { objectKey, fileName, sizeBytes } = await requireCleaningSource(ctx, uploadId);
  if (detectFileType(await readObjectHead(objectKey, sizeBytes)) !== "zip") {
    throw new AppError("unprocessable", `${fileName} is no zip. Pack the case's folder and the folder rates as one.`);
  }
  return openZipFolder(await downloadObject(objectKey, join(tempDir, "case.zip")));
}
