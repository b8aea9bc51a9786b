import { createServer } from "node:http";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { newId } from "#lib/ids";
import { zipOf } from "../../testing/zips.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

// The environment is read once, so it stands before anything that reads it.
const dataDir = await mkdtemp(join(tmpdir(), "fieldport-envs-"));
const hits: string[] = [];
const server = createServer((request, response) => {
  hits.push(request.url ?? "");
  response.end("answer");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
Object.assign(process.env, { FIELDPORT_DATA_DIR: dataDir, FIELDPORT_RUNNER_HOSTS: `127.0.0.1:${port}` });
const { tryApp } = await import("../../testing/try-app.ts");
const { checkIsolation } = await import("./availability.ts");
const { isAvailable } = await checkIsolation();
const { choosePython } = await import("./python.ts");
const hasPip = await choosePython(null, true).then(
  () => true,
  () => false,
);

afterAll(async () => {
  server.close();
  await rm(dataDir, { recursive: true, force: true });
});

const ask = (url: string) => `
import urllib.request, urllib.error
try: print(urllib.request.urlopen("${url}", timeout=5).read().decode())
except (urllib.error.URLError, OSError) as error: print("refused", error)`;

describe.skipIf(!isAvailable)("an app with a network", () => {
  it("reaches what it may reach, through the proxy only", async () => {
    const { output } = await tryApp(ask(`http://127.0.0.1:${port}/through`), { job: { network: true } });
    expect(output.trim()).toBe("answer");
    expect(hits).toContain("/through");
    const direct = `import socket\ntry: socket.create_connection(("127.0.0.1", ${port}), 1); print("got out")\nexcept OSError: print("refused")`;
    expect((await tryApp(direct, { job: { network: true } })).output.trim()).toBe("refused");
  });

  it.each([
    ["metadata of a cloud", "http://169.254.169.254/latest/meta-data/"],
    ["this machine", "http://127.0.0.1:5432/"],
    ["this machine by name", "https://localhost/"],
    ["the network of this machine", "http://10.0.0.1/"],
    ["other ports", "http://192.0.2.1:25/"],
  ])("is refused %s", async (_what, url) => {
    const { output } = await tryApp(ask(url), { job: { network: true } });
    expect(output).toMatch(/^refused.*(403|Forbidden)/m);
  });

  it("has none unless its manifest asks for it", async () => {
    const before = hits.length;
    expect((await tryApp(ask(`http://127.0.0.1:${port}/none`))).output).toContain("refused");
    expect(hits).toHaveLength(before);
  });
});

/** A package of one module, as pip takes it from a file. */
async function writeWheel(folder: string): Promise<void> {
  const about = "Metadata-Version: 2.1\nName: tinymeans\nVersion: 1.2\n";
  const wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
  const info = "tinymeans-1.2.dist-info";
  const files = {
    "tinymeans.py": "def mean(x): return sum(x) / len(x)\n",
    [`${info}/METADATA`]: about,
    [`${info}/WHEEL`]: wheel,
  };
  const record = [...Object.keys(files), `${info}/RECORD`].map((name) => `${name},,`).join("\n");
  await mkdir(join(folder, "app"), { recursive: true });
  await writeFile(
    join(folder, "app", "tinymeans-1.2-py3-none-any.whl"),
    await zipOf({ ...files, [`${info}/RECORD`]: record }),
  );
}

describe.skipIf(!isAvailable || !hasPip)("an app with requirements", () => {
  const workspaceId = "01920000-0000-7000-8000-000000000000";
  const source =
    "import tinymeans\nprint(tinymeans.mean([1, 2, 3]))\ntry: open('/env/x', 'w')\nexcept OSError: print('read-only')";
  const requiring = (requirements: string, runId = newId()) =>
    tryApp(source, {
      job: { requirements: "requirements.txt", workspaceId, runId },
      limits: { timeoutS: 60 },
      prepare: async (folder) => {
        await writeWheel(folder);
        await writeFile(join(folder, "app", "requirements.txt"), requirements);
      },
    });

  it("has them installed once; the next run finds them, and cannot change them", { timeout: 60_000 }, async () => {
    const first = await requiring("./tinymeans-1.2-py3-none-any.whl\n");
    expect(first.end).toMatchObject({ how: "exited", exitCode: 0, packages: ["tinymeans==1.2"] });
    expect(first.output).toContain("Successfully installed tinymeans");
    const second = await requiring("./tinymeans-1.2-py3-none-any.whl\n");
    expect(second.output).toBe("2.0\nread-only\n");
    expect(second.end).toMatchObject({ packages: ["tinymeans==1.2"] });
    expect(second.steps).toEqual(["provisioning", "installing", "booting", "running"]);
  });

  it("are installed anew after an attempt that was killed in the middle", { timeout: 60_000 }, async () => {
    const wheel = "./tinymeans-1.2-py3-none-any.whl\n";
    const base = join(dataDir, "runner", "environments");
    const [name = ""] = await readdir(base);
    await rm(join(base, name), { recursive: true });
    const runId = newId();
    await mkdir(join(base, `${name}.${runId}`, "half"), { recursive: true });
    expect((await requiring(wheel, runId)).end).toMatchObject({ exitCode: 0, packages: ["tinymeans==1.2"] });
    expect(await readdir(base)).toEqual([name]);
  });

  it("fails in that step, with pip's reason, when they cannot be installed", { timeout: 60_000 }, async () => {
    const { end, steps } = await requiring("./not-there.whl\n");
    expect(end).toMatchObject({ how: "failed", step: "installing", isTemporary: false });
    expect(end.how === "failed" && end.detail).toContain("not-there.whl");
    expect(steps).not.toContain("running");
  });

  it("that are an empty file is run as it is", async () => {
    const { steps } = await requiring("# nothing\n\n");
    expect(steps).not.toContain("installing");
  });
});
