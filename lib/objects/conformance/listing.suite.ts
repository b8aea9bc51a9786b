import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { beforeAll, expect, it } from "vitest";
import type { Target } from "./target.ts";

async function putAll({ s3, bucket }: Target, keys: readonly string[]): Promise<void> {
  const waiting = [...keys];
  const sender = async (): Promise<void> => {
    for (let Key = waiting.pop(); Key !== undefined; Key = waiting.pop()) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }));
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
}

async function listAll(target: Target, more: object): Promise<{ keys: string[]; prefixes: string[]; pages: number }> {
  const found = { keys: [] as string[], prefixes: [] as string[], pages: 0 };
  for await (const page of paginateListObjectsV2({ client: target.s3 }, { Bucket: target.bucket, ...more })) {
    found.pages += 1;
    found.keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
    found.prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix));
    expect(page.KeyCount).toBe((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
  }
  return found;
}

/** S3 sorts by UTF-8 bytes, which JavaScript's own order is not. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function describeManyKeys(target: () => Target): void {
  let many: string[] = [];

  beforeAll(async () => {
    many = Array.from({ length: 2500 }, (_, index) => `${target().prefix}many/${index % 50}/file-${index}.csv`);
    await putAll(target(), many);
  }, 120_000);

  it("2,500 keys are listed once each, in order, in three pages", async () => {
    const { keys, pages } = await listAll(target(), { Prefix: `${target().prefix}many/` });
    expect(pages).toBe(3);
    expect(keys).toEqual(many.toSorted(byBytes));
  });

  it("a delimiter groups keys, and groups are paged as well", async () => {
    const Prefix = `${target().prefix}many/`;
    const all = await listAll(target(), { Prefix, Delimiter: "/", MaxKeys: 7 });
    const groups = Array.from({ length: 50 }, (_, index) => `${Prefix}${index}/`).sort(byBytes);
    expect(all).toEqual({ keys: [], prefixes: groups, pages: 8 });
    const inside = await listAll(target(), { Prefix: `${Prefix}7/`, Delimiter: "/", MaxKeys: 20 });
    expect([inside.keys.length, inside.prefixes, inside.pages]).toEqual([50, [], 3]);
  });

  it("a listing can start behind any key", async () => {
    const Prefix = `${target().prefix}many/`;
    const sorted = many.toSorted(byBytes);
    const { keys } = await listAll(target(), { Prefix, StartAfter: sorted[2399] });
    expect(keys).toEqual(sorted.slice(2400));
    const between = await listAll(target(), { Prefix, StartAfter: `${sorted[2399] ?? ""}!` });
    expect(between.keys).toEqual(sorted.slice(2400));
  });
}

export function describeListing(target: () => Target, isStrict: boolean): void {
  it("keys and groups mix in one order", async () => {
    const Prefix = `${target().prefix}mixed/`;
    const names = ["a.csv", "b/1.csv", "b/2.csv", "b.csv", "c/d/e.csv", "z.csv"];
    await putAll(
      target(),
      names.map((name) => Prefix + name),
    );
    const { keys, prefixes } = await listAll(target(), { Prefix, Delimiter: "/", MaxKeys: 1 });
    expect(keys).toEqual(["a.csv", "b.csv", "z.csv"].map((name) => Prefix + name));
    expect(prefixes).toEqual(["b/", "c/"].map((name) => Prefix + name));
  });

  it("awkward keys are listed in the order of their bytes and can be read again", async () => {
    const { s3, bucket, prefix } = target();
    const Prefix = `${prefix}awkward/`;
    const names = ["a b", "a+b", "a%20b", "ü", "\uff5e", "😀", "a&<b>\"'", "ａ", "Z", "z"];
    await putAll(
      target(),
      names.map((name) => Prefix + name),
    );
    const { keys } = await listAll(target(), { Prefix });
    expect(keys).toEqual(names.map((name) => Prefix + name).sort(byBytes));
    const encoded = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, EncodingType: "url" }));
    const decoded = (encoded.Contents ?? []).map(({ Key = "" }) => decodeURIComponent(Key.replaceAll("+", "%20")));
    if (isStrict) expect(decoded).toEqual(keys);
    for (const Key of keys) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      expect(await Body?.transformToString()).toBe(Key);
    }
  });

  it("an entry tells size, ETag and time", async () => {
    const { s3, bucket, prefix } = target();
    const Key = `${prefix}entry/one`;
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "12345" }));
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: Key }));
    expect(Contents).toMatchObject([{ Key, ETag, Size: 5 }]);
    expect(Contents?.[0]?.LastModified).toBeInstanceOf(Date);
  });

  it("a listing of nothing is empty", async () => {
    const { s3, bucket, prefix } = target();
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}nothing/` }));
    expect([page.KeyCount, page.Contents, page.IsTruncated]).toEqual([0, undefined, false]);
  });
}
