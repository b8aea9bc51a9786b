import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Spawned } from "#lib/objects/conformance/spawned-server";
import { spawnServer } from "#lib/objects/conformance/spawned-server";
import { createSigningClient } from "#lib/objects/conformance/target";
import { BLOCK_BYTES, blocks } from "#lib/objects/conformance/test-data";

export interface ObjectServerBenchOptions {
  /** Size of the large object. */
  sizeMb?: number;
  smallObjects?: number;
  listedKeys?: number;
}

const MB = 1_000_000;
const SMALL_BYTES = 4096;
const SENDERS = 16;
const LISTINGS = 100;

interface Bench {
  server: Spawned;
  s3: S3Client;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** A plain PUT as a browser sends it: no framing, no checksum, so that the server is what is measured. */
async function putLarge({ server, s3 }: Bench, Key: string, sizeBytes: number): Promise<void> {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: server.bucket, Key }), { expiresIn: 3600 });
  const sending = request(url, { method: "PUT", headers: { "content-length": sizeBytes } });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sending.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
  });
  await pipeline(Readable.from(blocks(sizeBytes / BLOCK_BYTES), { objectMode: true, highWaterMark: 2 }), sending);
  const status = await answered;
  if (status !== 200) throw new Error(`PUT answered ${status}`);
}

async function getLarge({ server, s3 }: Bench, Key: string): Promise<number> {
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: server.bucket, Key }), { expiresIn: 3600 });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  request(url, (response) => {
    let sizeBytes = 0;
    response.on("data", (chunk: Buffer) => (sizeBytes += chunk.length));
    response.on("end", () => resolve(sizeBytes)).on("error", reject);
  })
    .on("error", reject)
    .end();
  return promise;
}

/** Addresses are signed beforehand: what is measured is the server, not the signing of its client. */
async function signSmall({ server, s3 }: Bench, count: number, prefix: string): Promise<string[]> {
  const urls: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const command = new PutObjectCommand({ Bucket: server.bucket, Key: smallKey(prefix, index) });
    urls.push(await getSignedUrl(s3, command, { expiresIn: 3600 }));
  }
  return urls;
}

function smallKey(prefix: string, index: number): string {
  return `${prefix}${String(index).padStart(7, "0")}.csv`;
}

async function putAll(urls: readonly string[]): Promise<void> {
  const body = Buffer.alloc(SMALL_BYTES, 7);
  const waiting = [...urls];
  const sender = async (): Promise<void> => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const response = await fetch(url, { method: "PUT", body });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`PUT answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

/** Pages of a thousand keys from places all over the listing, up to the last byte of each answer. */
async function listTimesMs({ server, s3 }: Bench, prefix: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < LISTINGS; index += 1) {
    const StartAfter = smallKey(prefix, Math.trunc((index / LISTINGS) * count * 0.9));
    const command = new ListObjectsV2Command({ Bucket: server.bucket, Prefix: prefix, StartAfter });
    const url = await getSignedUrl(s3, command, { expiresIn: 3600 });
    times.push(1000 * (await secondsOf(async () => (await fetch(url)).arrayBuffer())));
  }
  return times.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? NaN;
}

/** Throughput, memory and latency of the embedded object server in a process of its own. */
export async function run(options: ObjectServerBenchOptions = {}): Promise<object> {
  const { sizeMb = 1024, smallObjects = 2000, listedKeys = 10_000 } = options;
  const server = await spawnServer();
  const s3 = createSigningClient({ endpoint: server.url, credentials: server.credentials });
  const bench = { server, s3 };
  const sizeBytes = sizeMb * BLOCK_BYTES;
  try {
    const restBytes = server.peakRssBytes();
    const putS = await secondsOf(() => putLarge(bench, "large", sizeBytes));
    const getS = await secondsOf(() => getLarge(bench, "large"));
    const peakBytes = server.peakRssBytes();
    const smallUrls = await signSmall(bench, smallObjects, "small/");
    const smallS = await secondsOf(() => putAll(smallUrls));
    await putAll(await signSmall(bench, listedKeys, "listed/"));
    const listMs = await listTimesMs(bench, "listed/", listedKeys);
    return {
      largeObjectMb: sizeBytes / MB,
      putMbPerS: sizeBytes / MB / putS,
      getMbPerS: sizeBytes / MB / getS,
      peakRssAtRestMb: restBytes === undefined ? null : restBytes / MB,
      peakRssMb: peakBytes === undefined ? null : peakBytes / MB,
      smallObjectBytes: SMALL_BYTES,
      smallPutsPerS: smallObjects / smallS,
      listedKeys,
      listPageMsP50: quantile(listMs, 0.5),
      listPageMsP95: quantile(listMs, 0.95),
    };
  } finally {
    s3.destroy();
    await server.stop();
  }
}
