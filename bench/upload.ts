import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { chromium, type Page } from "@playwright/test";
import { systemContext } from "#lib/auth/context";
import { createApiKey } from "#lib/auth/service/api-keys";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { presignClient } from "#lib/objects/client";
import { headObject } from "#lib/objects/store";
import { newId } from "#lib/ids";
import { findChromium } from "#lib/stack/chromium";
import { ensureBucket } from "#lib/stack/objects";
import { findFreePort } from "#lib/stack/ports";
import { startChaosStack, type ChaosStack } from "#lib/testing/chaos/chaos-stack";
import { ensureWorkspace } from "#lib/workspaces/store";
import { startCountingProxy, type CountingProxy } from "./upload-page/counting-proxy.ts";
import { startPageServer } from "./upload-page/page-server.ts";

const MB = 1_000_000;
const SIZE_BYTES = 1000 * MB;
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];
const INTERRUPTED_AT = [0.2, 0.5, 0.8];

interface Bench {
  page: Page;
  workspaceId: string;
  path: string;
  open: () => Promise<void>;
}

/**
 * The browser's way of uploading 1 GB in real Chromium (parts read, hashed, signed, sent) beside one raw PUT of the
 * same file to the same server; then once more with the connection lost twice and the page reloaded once.
 * A number sets another size in MB.
 */
export async function run({ args }: { args: string[] }): Promise<Record<string, unknown>> {
  const sizeBytes = args[0] ? Number(args[0]) * MB : SIZE_BYTES;
  const folder = await mkdtemp(join(tmpdir(), "fieldport-bench-"));
  const path = join(folder, "readings.csv");
  try {
    await pipeline(Readable.from(csv(sizeBytes)), createWriteStream(path));
    return await measureAll(path, sizeBytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAll(path: string, sizeBytes: number): Promise<Record<string, unknown>> {
  const stack = await startChaosStack();
  const storagePort = Number(new URL(process.env.S3_ENDPOINT ?? "").port);
  const proxy = await startCountingProxy({ port: storagePort }, await findFreePort());
  try {
    const direct = await inBrowser(stack, path, [], (bench) => measureThroughput(bench, sizeBytes));
    // The browser connects to the proxy where it means the storage; signatures stay valid.
    const detour = `--host-resolver-rules=MAP 127.0.0.1:${storagePort} 127.0.0.1:${proxy.port}`;
    const interrupted = await inBrowser(stack, path, [detour], (bench) => measureInterrupted(bench, proxy, sizeBytes));
    return { sizeMb: sizeBytes / MB, ...direct, interrupted };
  } finally {
    proxy.close();
    await closeDb();
    await closePool();
    await stack.stop();
  }
}

async function inBrowser<T>(
  stack: ChaosStack,
  path: string,
  flags: string[],
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const pagePort = await findFreePort();
  const slug = `bench-${pagePort}`;
  const { id: workspaceId } = await ensureWorkspace({
    slug,
    name: slug,
    description: "",
    timeZone: "UTC",
    quotaBytes: 1e12,
  });
  const ctx = systemContext(workspaceId, "bench", new Date());
  const { key } = await createApiKey(ctx, {
    name: "bench",
    scopes: ["uploads:create", "uploads:read"],
    expiresInDays: null,
  });
  await allowOrigin(`http://localhost:${pagePort}`);
  const server = await startPageServer(stack.url, key, pagePort);
  const browser = await chromium.launch({ executablePath: findChromium() ?? "", args: [...CHROMIUM_FLAGS, ...flags] });
  try {
    const page = await browser.newPage();
    const open = async () => {
      await page.goto(server.origin);
      await page.waitForFunction(() => document.title === "ready");
      await page.setInputFiles("input", path);
    };
    await open();
    return await work({ page, workspaceId, path, open });
  } finally {
    await browser.close();
    server.close();
  }
}

async function measureThroughput({ page, workspaceId, path }: Bench, sizeBytes: number) {
  const sign = () => {
    const target = { Bucket: process.env.S3_BUCKET, Key: `raw/${newId()}` };
    return getSignedUrl(presignClient(), new PutObjectCommand(target), { expiresIn: 3600 });
  };
  const times = { raw: [] as number[], engine: [] as number[], browserPut: [] as number[] };
  for (let round = 0; round < 3; round += 1) {
    times.raw.push(await secondsOf(async () => putRaw(await sign(), path, sizeBytes)));
    times.engine.push(await secondsOf(() => uploadThroughEngine(page)));
    const url = await sign();
    times.browserPut.push(await secondsOf(() => page.evaluate((to) => window.putWhole(to), url)));
    // Same content again would only be recognised: the portal must forget it between the rounds.
    await systemDb().upload.deleteMany({ where: { workspaceId } });
  }
  const mbPerS = (seconds: number[]) => Math.round(sizeBytes / MB / Math.min(...seconds));
  const [raw, engine, browserPut] = [mbPerS(times.raw), mbPerS(times.engine), mbPerS(times.browserPut)];
  const share = (of: number) => Math.round((engine / of) * 100) / 100;
  return {
    ...{ rawPutMbPerS: raw, browserPutMbPerS: browserPut, engineMbPerS: engine },
    ...{ engineToRaw: share(raw), engineToBrowserPut: share(browserPut), load: loadavg()[0] },
  };
}

async function uploadThroughEngine(page: Page): Promise<void> {
  await page.evaluate(() => window.startUpload());
  await waitForState(page, (progress) => progress.state === "stored");
}

async function waitForState(
  page: Page,
  isReached: (progress: { state: string; sentBytes: number }) => boolean,
): Promise<void> {
  for (;;) {
    const progress = await page.evaluate(() => window.uploadProgress());
    if (progress?.state === "failed") throw new Error(`The upload failed: ${progress.failure}`);
    if (progress && isReached(progress)) return;
    await delay(20);
  }
}

async function measureInterrupted({ page, workspaceId, open }: Bench, proxy: CountingProxy, sizeBytes: number) {
  await page.evaluate(() => window.startUpload());
  for (const [index, share] of INTERRUPTED_AT.entries()) {
    await waitForState(page, ({ sentBytes, state }) => sentBytes >= share * sizeBytes || state === "stored");
    if (index === 1) {
      await open();
      await page.evaluate(() => window.startUpload());
    } else proxy.interrupt(1500);
  }
  await waitForState(page, ({ state }) => state === "stored");
  const upload = await systemDb().upload.findFirstOrThrow({ where: { workspaceId }, orderBy: { createdAt: "desc" } });
  const stored = await headObject(upload.objectKey);
  const resentBytes = proxy.receivedBytes() - sizeBytes;
  return {
    interruptions: INTERRUPTED_AT.length,
    isStoredWhole: stored?.sizeBytes === sizeBytes,
    uploads: await systemDb().upload.count({ where: { workspaceId } }),
    resentMb: Math.round(resentBytes / 1e5) / 10,
    resentShare: Math.round((resentBytes / sizeBytes) * 1e4) / 1e4,
  };
}

/** One plain request from Node, streamed from the disk. */
async function putRaw(url: string, path: string, sizeBytes: number): Promise<void> {
  const sending = request(url, { method: "PUT", headers: { "content-length": sizeBytes, "content-type": "text/csv" } });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sending.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
  });
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), sending);
  const status = await answered;
  if (status !== 200) throw new Error(`PUT answered ${status}`);
}

async function allowOrigin(origin: string): Promise<void> {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket = "", AWS_REGION: region = "" } = process.env;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = process.env;
  await ensureBucket({ endpoint, bucket, region, credentials: { accessKeyId, secretAccessKey }, origins: [origin] });
}

function* csv(sizeBytes: number): Generator<Buffer> {
  const line = "S1,2024-01-01T00:00:00Z,12.345\n";
  const block = Buffer.from(line.repeat(32_768));
  yield Buffer.from("sensor_id,timestamp,temp_c\n");
  let left = sizeBytes - 27;
  for (; left > block.length; left -= block.length) yield block;
  yield block.subarray(0, left);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}
