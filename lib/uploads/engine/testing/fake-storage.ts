import { createHash } from "node:crypto";
import { networkFailure, TransferFailure } from "#lib/uploads/engine/failure";
import type {
  CreatedUpload,
  CreateUploadRequest,
  DonePart,
  PutBytes,
  UploadApi,
  UploadStatus,
} from "#lib/uploads/engine/types";
import type { FakeClock } from "./fake-clock.ts";

export interface PutCall {
  uploadId: string;
  fileName: string;
  partNumber: number;
  /** 1 for the first PUT of this part. */
  attempt: number;
  atMs: number;
  url: string;
}

/** What goes wrong with one PUT; the part is cut after `afterFraction` of its bytes. */
export interface PutMishap {
  status: number;
  code?: string;
  retryAfterMs?: number;
  afterFraction?: number;
  /** Storage keeps the part although the answer is lost. */
  isKept?: boolean;
  /** Neither progress nor answer, until the client gives up. */
  isStalled?: boolean;
}

type ApiName = "create" | "sign" | "listParts" | "complete" | "cancel" | "get";

interface FakeUpload extends CreatedUpload {
  request: CreateUploadRequest;
  parts: Map<number, { body: ArrayBuffer; etag: string; checksum: string }>;
  reason: string | null;
}

const SIGNATURE_LIFE_MS = 15 * 60_000;
export const sha256 = (bytes: ArrayBuffer) => createHash("sha256").update(new Uint8Array(bytes)).digest();

/** Server and object storage in memory, with scripted mishaps, at a fixed speed. */
export class FakeStorage {
  readonly uploads = new Map<string, FakeUpload>();
  readonly puts: PutCall[] = [];
  readonly calls: { name: ApiName; uploadId: string | null }[] = [];
  partSizeBytes = 1000;
  singlePutMaxBytes = 0;
  /** Of every connection: a part takes a quarter of a second, as on a slow line. */
  bytesPerS = 4000;
  hidesTags = false;
  isReachable = true;
  mishap: (call: PutCall) => PutMishap | null = () => null;
  apiMishap: (name: ApiName, callNo: number) => TransferFailure | null = () => null;
  /** Also of parts that were cut. */
  receivedBytes = 0;
  concurrentMax = 0;
  #concurrent = 0;
  #nextNo = 1;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  readonly api: UploadApi = {
    create: (request) => this.#answer("create", null, () => this.#create(request)),
    sign: (uploadId, parts) =>
      this.#answer("sign", uploadId, () =>
        parts.map(({ partNumber, checksumSha256 }) => ({
          partNumber,
          url: `${uploadId}/${partNumber}/${this.#clock.nowMs()}`,
          headers: { "x-amz-checksum-sha256": checksumSha256 },
        })),
      ),
    listParts: (uploadId) =>
      this.#answer("listParts", uploadId, () =>
        [...this.#upload(uploadId).parts].map(([partNumber, part]) => ({
          partNumber,
          sizeBytes: part.body.byteLength,
          etag: part.etag.replaceAll('"', ""),
        })),
      ),
    complete: (uploadId, parts) => this.#answer("complete", uploadId, () => this.#complete(uploadId, parts)),
    cancel: (uploadId) =>
      this.#answer("cancel", uploadId, () => {
        this.#upload(uploadId).state = "cancelled";
        this.#upload(uploadId).parts.clear();
      }),
    get: (uploadId) => this.#answer("get", uploadId, () => this.#status(uploadId)),
  };

  readonly put: PutBytes = async (url, headers, { body, onProgress, signal }) => {
    const [uploadId = "", partText = "", signedText = ""] = url.split("/");
    const partNumber = Number(partText);
    const attempt = 1 + this.puts.filter((put) => put.uploadId === uploadId && put.partNumber === partNumber).length;
    const upload = this.#upload(uploadId);
    const call = { uploadId, fileName: upload.request.fileName, partNumber, attempt, atMs: this.#clock.nowMs(), url };
    this.puts.push(call);
    this.#concurrent += 1;
    this.concurrentMax = Math.max(this.concurrentMax, this.#concurrent);
    try {
      return await this.#receive({ call, upload, signedAtMs: Number(signedText) }, headers, {
        body,
        onProgress,
        signal,
      });
    } finally {
      this.#concurrent -= 1;
    }
  };

  /** The stored object put together, or null while it is not complete. */
  objectOf(fileName: string): Buffer | null {
    const upload = [...this.uploads.values()].find(
      ({ request, state }) => request.fileName === fileName && state === "stored",
    );
    if (!upload) return null;
    const parts = [...upload.parts].toSorted(([a], [b]) => a - b);
    return Buffer.concat(parts.map(([, part]) => Buffer.from(part.body)));
  }

  callsTo(name: ApiName): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  async #receive(
    { call, upload, signedAtMs }: { call: PutCall; upload: FakeUpload; signedAtMs: number },
    headers: Record<string, string>,
    { body, onProgress, signal }: Parameters<PutBytes>[2],
  ): Promise<{ etag: string | null }> {
    this.#reach();
    const mishap = this.mishap(call);
    if (mishap?.isStalled) return this.#forever(signal);
    const steps = 8;
    const share = mishap?.afterFraction ?? 1;
    for (let step = 1; step <= steps; step++) {
      await this.#wait((body.byteLength * share * 1000) / this.bytesPerS / steps, signal);
      this.#reach();
      this.receivedBytes += (body.byteLength * share) / steps;
      onProgress((body.byteLength * share * step) / steps);
    }
    if (mishap?.isKept) this.#keep(upload, call.partNumber, body);
    if (mishap) throw failureOf(mishap);
    if (call.atMs - signedAtMs > SIGNATURE_LIFE_MS) throw failureOf({ status: 403, code: "AccessDenied" });
    if (upload.state === "cancelled") throw failureOf({ status: 404, code: "NoSuchUpload" });
    if (headers["x-amz-checksum-sha256"] !== sha256(body).toString("base64")) {
      throw failureOf({ status: 400, code: "BadDigest" });
    }
    const etag = this.#keep(upload, call.partNumber, body);
    return { etag: this.hidesTags ? null : etag };
  }

  #reach(): void {
    if (!this.isReachable) throw networkFailure();
  }

  #keep(upload: FakeUpload, partNumber: number, body: ArrayBuffer): string {
    const checksum = sha256(body).toString("base64");
    const etag = `"${checksum.slice(0, 12)}"`;
    upload.parts.set(partNumber, { body, etag, checksum });
    return etag;
  }

  #wait(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.#clock.after(delayMs, resolve);
      signal.addEventListener("abort", () => {
        stop();
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  }

  #forever(signal: AbortSignal): Promise<never> {
    return new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  }

  async #answer<T>(name: ApiName, uploadId: string | null, make: () => T): Promise<T> {
    this.calls.push({ name, uploadId });
    await Promise.resolve();
    this.#reach();
    const failure = this.apiMishap(name, this.callsTo(name));
    if (failure) throw failure;
    return make();
  }

  #upload(uploadId: string): FakeUpload {
    const upload = this.uploads.get(uploadId);
    if (!upload) throw new TransferFailure({ status: 404, code: "not_found", detail: "No such upload." });
    return upload;
  }

  #create(request: CreateUploadRequest): CreatedUpload {
    const id = `upload-${this.#nextNo++}`;
    const twin = [...this.uploads.values()].find(
      (upload) => request.sha256 !== undefined && upload.request.sha256 === request.sha256 && upload.state === "stored",
    );
    const isSingle = request.sizeBytes <= this.singlePutMaxBytes;
    const partSizeBytes = isSingle ? Math.max(1, request.sizeBytes) : this.partSizeBytes;
    const created: CreatedUpload = {
      id,
      state: twin ? "stored" : "uploading",
      method: isSingle ? "put" : "multipart",
      partSizeBytes,
      partCount: Math.max(1, Math.ceil(request.sizeBytes / partSizeBytes)),
      expiresInS: 900,
      ...(twin ? { duplicateOf: { uploadId: twin.id, fileName: twin.request.fileName, datasetId: null } } : {}),
    };
    this.uploads.set(id, { ...created, request, parts: new Map(), reason: null });
    return created;
  }

  #complete(uploadId: string, parts: DonePart[]): UploadStatus {
    const upload = this.#upload(uploadId);
    const isWhole = parts.length === upload.partCount || upload.method === "put";
    const areRight = parts.every((part, index) => {
      const stored = upload.parts.get(part.partNumber);
      if (!stored) return false;
      const isTag = stored.etag.replaceAll('"', "") === part.etag.replaceAll('"', "");
      return part.partNumber === index + 1 && isTag && stored.checksum === part.checksumSha256;
    });
    if (!isWhole || !areRight) {
      throw new TransferFailure({ status: 422, code: "unprocessable", detail: "The parts do not fit together." });
    }
    upload.state = upload.reason === null ? "stored" : "rejected";
    return this.#status(uploadId);
  }

  #status(uploadId: string): UploadStatus {
    const { id, state, reason } = this.#upload(uploadId);
    return { id, state, reason };
  }
}

function failureOf({ status, code = "Scripted", retryAfterMs }: PutMishap): TransferFailure {
  if (status === 0) return networkFailure();
  return new TransferFailure({
    status,
    code,
    detail: `storage answered ${status}`,
    retryAfterMs: retryAfterMs ?? null,
  });
}
