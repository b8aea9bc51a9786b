import { createHash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { deleteObject, headObject, listObjects, openObject, putFile, putText } from "#lib/objects/store";
import type { SparkInput } from "../place.ts";

const ROOT = "spark/";
const uuid = z.uuid();
const LOG_BYTES_MAX = 4_000_000;

/** Of the bucket, what a job of this run reads and writes besides the workspace's files. */
export function runFolder(workspaceId: string, runId: string): string {
  return `${ROOT}${workspaceId}/${runId}/`;
}

/** Programs are named by their content: a job that waits keeps the one it was started with. */
export async function storeProgram(path: string): Promise<string> {
  const text = await readFile(path, "utf8");
  const key = `${ROOT}programs/${createHash("sha256").update(text).digest("hex")}.py`;
  if (!(await headObject(key))) await putText(key, text, "text/x-python");
  return key;
}

/** The input's key in the bucket; a file of this machine is stored in the run's folder. */
export async function storeInput(folder: string, input: SparkInput, index: number): Promise<string> {
  if ("objectKey" in input) return input.objectKey;
  const key = `${folder}in/${index}`;
  const { size: sizeBytes } = await stat(input.path);
  await putFile(key, { path: input.path, sizeBytes, mediaType: "application/octet-stream" });
  return key;
}

/** Copies what a job wrote, `out/<table>/<file>`, to a folder of this machine. Answers how many files. */
export async function fetchOutput(folder: string, to: string): Promise<number> {
  const prefix = `${folder}out/`;
  let count = 0;
  for await (const { key } of listObjects(prefix)) {
    const [table, file, ...deeper] = key.slice(prefix.length).split("/");
    if (!table || !file?.endsWith(".parquet") || deeper.length > 0 || /[^\w.-]/.test(table + file)) continue;
    const path = join(to, table, file);
    await mkdir(dirname(path), { recursive: true });
    await downloadObject(key, path);
    count += 1;
  }
  return count;
}

/** Lines that a job's driver said; none until the service has stored them. */
export async function readDriverLog(folder: string, stream: "stdout" | "stderr"): Promise<string[]> {
  for await (const { key, sizeBytes } of listObjects(`${folder}logs/`)) {
    if (!key.endsWith(`/SPARK_DRIVER/${stream}.gz`)) continue;
    if (sizeBytes > LOG_BYTES_MAX) return [`The ${stream} of Spark's driver is too long to be shown: ${key}`];
    const packed = await buffer(await openObject(key));
    const text = gunzipSync(packed, { maxOutputLength: LOG_BYTES_MAX * 10 }).toString();
    return text.split("\n").filter((line) => line !== "");
  }
  return [];
}

/** Removes the folders of runs that `isOver` names; they are listed a run at a time, up to so many objects. */
export async function emptyRunFolders(isOver: (runIds: string[]) => Promise<Set<string>>, objectsMax: number) {
  const keysOf = new Map<string, string[]>();
  let seen = 0;
  for await (const { key } of listObjects(ROOT)) {
    const runId = uuid.safeParse(key.split("/")[2]).data;
    if (runId === undefined) continue;
    keysOf.set(runId, [...(keysOf.get(runId) ?? []), key]);
    if (++seen >= objectsMax) break;
  }
  for (const runId of await isOver([...keysOf.keys()]))
    for (const key of keysOf.get(runId) ?? []) await deleteObject(key);
}
