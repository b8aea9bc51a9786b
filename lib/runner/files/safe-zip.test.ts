import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renameInZip, zipOf } from "../testing/zips.ts";
import { openInside } from "./inside.ts";
import { checkZip, extractZip, readZipText } from "./safe-zip.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "safe-zip-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const LIMITS = { unpackedBytesMax: 64 * 2 ** 20, filesMax: 20 };

async function stored(zip: Buffer): Promise<string> {
  const path = join(folder, "x.zip");
  await writeFile(path, zip);
  return path;
}

const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.txt`, "x"]));
const cut = async () => (await zipOf({ "a.txt": "x".repeat(1000) })).subarray(0, 60);
const flipped = async () => {
  const zip = await zipOf({ "a.bin": Buffer.from("abcdefgh".repeat(100)) });
  zip.writeUInt8(zip.readUInt8(40) ^ 0xff, 40);
  return zip;
};

describe("a zip", () => {
  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ["of 0 bytes", () => Promise.resolve(Buffer.alloc(0)), /^The input is empty \(0 bytes\)/],
    ["that is a text", () => Promise.resolve(Buffer.from("hello")), /^The input is no zip file/],
    ["that is cut off", cut, /^The input is no zip file, or it is cut off/],
    ["with a damaged file", flipped, /a\.bin in it is damaged/],
    ["with a link", () => zipOf({ l: "/etc/passwd" }, { l: 0o120777 }), /holds l, a link or device/],
    ["that leads out of its folder", async () => renameInZip(await zipOf({ "aa/x": "x" }), "aa/x", "../x"), /\.\.\/x/],
    ["with an absolute path", async () => renameInZip(await zipOf({ aetc: "x" }), "aetc", "/etc"), /\/etc/],
    ["with backslashes", async () => renameInZip(await zipOf({ a__b: "x" }), "a__b", "..\\b"), /b/],
    ["with too many files", () => zipOf(many), /more than 20 files/],
    ["that unpacks to more than the limit", () => zipOf({ a: Buffer.alloc(65 * 2 ** 20) }), /more than 67/],
    ["that is a bomb", () => zipOf({ a: Buffer.alloc(32 * 2 ** 20) }), /a zip bomb/],
  ])("%s is refused with a sentence, and nothing of it is unpacked outside", async (_what, make, complaint) => {
    const path = await stored(await make());
    await expect(checkZip(path, "The input", LIMITS)).rejects.toThrow(complaint);
    const target = await mkdtemp(join(folder, "to-"));
    await mkdir(join(target, "in"));
    await expect(extractZip(path, "The input", { folder: join(target, "in"), limits: LIMITS })).rejects.toThrow();
    expect(await readdir(target)).toEqual(["in"]);
  });

  it("of ordinary files is listed, unpacked and read", async () => {
    const path = await stored(await zipOf({ "main.py": "print()", "data/a.csv": "1,2", "fieldport.json": "{}" }));
    const contents = await checkZip(path, "The app", LIMITS);
    expect(contents.unpackedBytes).toBe(12);
    const target = await mkdtemp(join(folder, "to-"));
    await extractZip(path, "The app", { folder: target, limits: LIMITS });
    expect(await readFile(join(target, "data", "a.csv"), "utf8")).toBe("1,2");
    expect(await readZipText(path, "fieldport.json", "The app")).toBe("{}");
    expect(await readZipText(path, "none", "The app")).toBeNull();
    const large = await stored(await zipOf({ "fieldport.json": " ".repeat(2 ** 20 + 1) }));
    await expect(readZipText(large, "fieldport.json", "The app")).rejects.toThrow("fieldport.json is larger than");
  });

  it("is never unpacked over or through what is there", async () => {
    const path = await stored(await zipOf({ a: "x" }));
    const target = await mkdtemp(join(folder, "to-"));
    await symlink(join(folder, "elsewhere"), join(target, "a"));
    await expect(extractZip(path, "The app", { folder: target, limits: LIMITS })).rejects.toThrow();
    await expect(readFile(join(folder, "elsewhere"))).rejects.toThrow("ENOENT");
  });
});

describe("a file an app left", () => {
  it("is opened where it is ordinary, absent where it is not there, refused where it is a link", async () => {
    const app = await mkdtemp(join(folder, "app-"));
    await writeFile(join(app, "output.zip"), "x");
    const file = await openInside(app, "output.zip");
    expect(await file?.readFile("utf8")).toBe("x");
    await file?.close();
    expect(await openInside(app, "none.zip")).toBeNull();
    await symlink("/etc/passwd", join(app, "link.zip"));
    await symlink("/etc", join(app, "out"));
    await expect(openInside(app, "link.zip")).rejects.toThrow("is a link");
    await expect(openInside(app, "out/passwd")).rejects.toThrow("is a link");
    await mkdir(join(app, "folder.zip"));
    await expect(openInside(app, "folder.zip")).rejects.toThrow("not an ordinary file");
  });
});
