import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Spawned } from "./spawned-server.ts";
import { spawnServer } from "./spawned-server.ts";
import type { Target, TargetKind } from "./target.ts";
import { createClient, isLargeRun } from "./target.ts";
import { BLOCK_BYTES, blocks } from "./test-data.ts";

const SIZE_BYTES = isLargeRun ? 5 * 1024 ** 3 : 256 * 1024 ** 2;
/** What a server may need beyond its resting size, for any size of body. */
const GROWTH_BYTES_MAX = 160 * 1024 ** 2;

async function roundTrip(target: Pick<Target, "s3" | "bucket" | "prefix">): Promise<void> {
  const { s3, bucket, prefix } = target;
  const Key = `${prefix}large`;
  const sent = createHash("sha256");
  const source = async function* () {
    for (const block of blocks(SIZE_BYTES / BLOCK_BYTES)) {
      sent.update(block);
      yield block;
      await Promise.resolve();
    }
  };
  const Body = Readable.from(source(), { objectMode: false, highWaterMark: BLOCK_BYTES });
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentLength: SIZE_BYTES }));
  expect((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }))).ContentLength).toBe(SIZE_BYTES);
  const received = createHash("sha256");
  const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  if (!(got.Body instanceof Readable)) throw new Error("the body is no stream");
  for await (const chunk of got.Body) received.update(chunk as Buffer);
  expect(received.digest("hex")).toBe(sent.digest("hex"));
}

const TIMEOUT_MS = isLargeRun ? 600_000 : 60_000;

function describeSpawned(): void {
  let server: Spawned;

  beforeAll(async () => {
    server = await spawnServer();
  });

  afterAll(() => server.stop());

  it(
    `${SIZE_BYTES / 1024 ** 2} MB go through the server's own process without growing it`,
    async () => {
      const atRestBytes = server.peakRssBytes();
      await roundTrip({ s3: createClient(server.url, server.credentials), bucket: server.bucket, prefix: "" });
      const peakBytes = server.peakRssBytes();
      if (atRestBytes === undefined || peakBytes === undefined) return;
      expect(peakBytes - atRestBytes).toBeLessThan(GROWTH_BYTES_MAX);
    },
    TIMEOUT_MS,
  );
}

export function describeStreaming(kind: TargetKind, target: () => Target): void {
  if (kind.isEmbedded) describe("in a process of its own", describeSpawned);
  else it(`${SIZE_BYTES / 1024 ** 2} MB come back as they went in`, () => roundTrip(target()), TIMEOUT_MS);
}
