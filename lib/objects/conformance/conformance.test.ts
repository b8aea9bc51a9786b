import { afterAll, beforeAll, describe } from "vitest";
import { describeChunkedBodies } from "./chunked.suite.ts";
import { describeCors } from "./cors.suite.ts";
import { describeListing, describeManyKeys } from "./listing.suite.ts";
import { describeMultipart } from "./multipart.suite.ts";
import {
  describeBuckets,
  describeCopiesAndDeletes,
  describeKeysAndMetadata,
  describeReads,
  describeWrites,
} from "./objects.suite.ts";
import { describeHeaderSignatures, describePresigned } from "./signature.suite.ts";
import { describeStreaming } from "./streaming.suite.ts";
import type { Target } from "./target.ts";
import { targetKinds } from "./target.ts";

describe.each(targetKinds())("object storage: $name", (kind) => {
  let started: Target | undefined;
  const target = (): Target => {
    if (!started) throw new Error("the server under test is not running");
    return started;
  };

  beforeAll(async () => {
    started = await kind.start();
  }, 30_000);

  afterAll(() => started?.close(), 60_000);

  describe("buckets", () => describeBuckets(target));
  describe("keys and metadata", () => describeKeysAndMetadata(target));
  describe("reading", () => describeReads(target));
  describe("writing", () => describeWrites(target));
  describe("copying and deleting", () => describeCopiesAndDeletes(target));
  describe("signed addresses", () => describePresigned(target, kind.isStrict));
  describe("signed headers", () => describeHeaderSignatures(target, kind.isStrict));
  describe("chunked bodies", () => describeChunkedBodies(target, kind.isStrict));
  describe("multipart uploads", () => describeMultipart(target, kind.isStrict));
  describe("listing", () => describeListing(target, kind.isStrict));
  describe("listing many keys", () => describeManyKeys(target));
  describe("cross-origin requests", () => describeCors(target, kind.isStrict));
  describe("large bodies", () => describeStreaming(kind, target));
});
