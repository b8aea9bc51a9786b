import { defineAlgorithmIo, type RunScope } from "#lib/algorithms/io";
import { toSlug } from "#lib/workspaces/slug";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import { openPipelineSource } from "../open-source.ts";
import { openTextFile, type TextFile } from "../text-file.ts";
import type { ListSensorsData } from "./run.ts";
import type { ListSensorsInputs, ListSensorsResult } from "./schema.ts";

type OpenData = ListSensorsData & { file: TextFile; name: string };

export const listSensorsIo = defineAlgorithmIo<ListSensorsInputs, unknown, OpenData, ListSensorsResult>({
  open: async (scope: RunScope, { inputs }) => {
    const { source, notes, name } = await openPipelineSource(scope, inputs.pipelineId);
    const file = await openTextFile(scope, "sensors.csv");
    return { file, name, notes, sensors: source.listSensors(), writeText: file.write };
  },
  commit: async (scope, { data, result }) => {
    await data.file.close();
    if (result.sensorCount === 0) return;
    const fileName = `${toSlug(data.name)}-sensors.csv`;
    const stored = await storeArtifact(scope, {
      ...{ path: data.file.path, fileName, mediaType: "text/csv", direction: "output" },
    });
    result.artifactId = stored.id;
  },
  close: ({ file }) => file.close(),
});
