import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type z } from "zod";
import { createdUpload, signedParts, uploadView } from "#lib/uploads/schema";
import { createdRun } from "#lib/runs/schema";
import type { PlannedFile } from "./plan-files.ts";

const RETRY_MS = 200;

export interface Acknowledged {
  file: PlannedFile;
  uploadId: string;
}

export interface PortalClient {
  /** Sends a file as the browser does, again and again until the portal has acknowledged it. */
  upload: (file: PlannedFile) => Promise<Acknowledged>;
  /** Asks for a check of all sensors; resolves once it is accepted. */
  startCheck: (gapSteps: number) => Promise<string>;
}

export interface Connection {
  url: string;
  /** Or the shared secret of the object storage. */
  apiKey: string;
  /** After this everything still unanswered rejects. */
  deadline: AbortSignal;
}

/** Talks to the portal over HTTP and outlives every interruption, as a browser tab or a patient script would. */
export function createPortalClient(connection: Connection): PortalClient {
  const { deadline } = connection;
  return {
    upload: async (file) => {
      const body = { fileName: file.fileName, sizeBytes: file.bytes.length, contentType: "text/csv" };
      for (;;) {
        deadline.throwIfAborted();
        const created = createdUpload.parse(await postPatiently(connection, "/uploads", body));
        if (await sendAndComplete(connection, created, file)) return { file, uploadId: created.id };
        await delay(RETRY_MS);
      }
    },
    startCheck: async (gapSteps) => {
      const body = { algorithm: "range-step-stuck", params: { gapSteps }, inputs: {} };
      return createdRun.parse(await postPatiently(connection, "/runs", body)).id;
    },
  };
}

type Created = z.output<typeof createdUpload>;

/** True once the portal says that the file is stored; false when this upload will not come to anything. */
async function sendAndComplete(connection: Connection, created: Created, file: PlannedFile): Promise<boolean> {
  for (let tries = 0; tries < 20; tries += 1) {
    const parts = [];
    for (let partNumber = 1; partNumber <= created.partCount; partNumber += 1) {
      const start = (partNumber - 1) * created.partSizeBytes;
      const bytes = file.bytes.subarray(start, start + created.partSizeBytes);
      const etag = await sendPart(connection, { uploadId: created.id, partNumber, bytes });
      if (etag === null) return false;
      parts.push({ partNumber, etag });
    }
    const listed = created.method === "multipart" ? parts : [];
    const answer = await postPatiently(connection, `/uploads/${created.id}/complete`, { parts: listed });
    const done = uploadView.safeParse(answer);
    if (done.success && ["stored", "checked", "rejected"].includes(done.data.state)) return true;
    // Storage went away between the last part and the end: everything is sent once more.
    await delay(RETRY_MS);
  }
  return false;
}

async function sendPart(
  connection: Connection,
  { uploadId, partNumber, bytes }: { uploadId: string; partNumber: number; bytes: Buffer },
): Promise<string | null> {
  const checksumSha256 = createHash("sha256").update(bytes).digest("base64");
  for (;;) {
    connection.deadline.throwIfAborted();
    const answer = await postPatiently(connection, `/uploads/${uploadId}/parts`, {
      parts: [{ partNumber, checksumSha256 }],
    });
    const signed = signedParts.safeParse(answer);
    if (!signed.success) {
      // Refused: already stored by a completion whose answer was lost.
      return "";
    }
    const [target] = signed.data.urls;
    if (!target) return null;
    const body = new Uint8Array(bytes);
    const response = await fetch(target.url, { method: "PUT", headers: target.headers, body }).catch(() => null);
    await response?.arrayBuffer().catch(() => undefined);
    if (response?.ok) return (response.headers.get("etag") ?? "").replaceAll('"', "");
    await delay(RETRY_MS);
  }
}

/** Posts until the portal answers with something final: a success, or a refusal that repeating cannot change. */
export async function postPatiently(
  { url, apiKey, deadline }: Connection,
  path: string,
  body: unknown,
): Promise<unknown> {
  for (;;) {
    deadline.throwIfAborted();
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const signal = AbortSignal.any([deadline, AbortSignal.timeout(15_000)]);
    const init = { method: "POST", headers, body: JSON.stringify(body), signal };
    const response = await fetch(`${url}/api/v1${path}`, init).catch(() => null);
    const text = await response?.text().catch(() => null);
    if (response && typeof text === "string") {
      if (response.ok || response.status === 422) return text === "" ? null : JSON.parse(text);
      const isTemporary = response.status >= 500 || response.status === 409 || response.status === 429;
      if (!isTemporary) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
    }
    await delay(RETRY_MS);
  }
}
