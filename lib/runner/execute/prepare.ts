import { copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Ctx } from "#lib/auth/context";
import { isAppError, messageOf } from "#lib/errors";
import { digestObject } from "#lib/objects/read-object";
import { RunFailure } from "#lib/runs/run-failure";
import { openSecret } from "#lib/secrets/seal";
import type { AppManifest } from "../core/manifest.ts";
import { checkZip, extractZip } from "../files/safe-zip.ts";
import { secretContext } from "../secret-context.ts";
import { listSecrets, requireFile, type RevisionRecord } from "../store.ts";

const CODE_LIMITS = { unpackedBytesMax: 500_000_000, filesMax: 20_000 };
const INPUT_FILES_MAX = 200_000;

interface Fetching {
  artifactId: string;
  path: string;
  what: string;
  signal: AbortSignal;
}

async function fetchFile(ctx: Ctx, { artifactId, path, what, signal }: Fetching): Promise<string> {
  const file = await requireFile(ctx, { artifactId });
  const digest = await digestObject(file.objectKey, { copyTo: path, signal });
  if (digest.sha256 === file.sha256) return digest.sha256;
  throw new RunFailure("damaged_file", `${what} in object storage is not what was stored there (sha256 differs).`);
}

/** Brings the input and looks through it before any machine is asked for. */
export async function fetchInput(
  ctx: Ctx,
  of: { artifactId: string; tempDir: string; manifest: AppManifest; signal: AbortSignal },
): Promise<{ path: string; fileCount: number }> {
  const path = join(of.tempDir, "input.zip");
  await fetchFile(ctx, { artifactId: of.artifactId, path, what: "The input", signal: of.signal });
  const limits = { unpackedBytesMax: of.manifest.diskMb * 2 ** 20, filesMax: INPUT_FILES_MAX };
  const { files } = await checkZip(path, "The input", limits).catch(asFailure("invalid_input"));
  return { path, fileCount: files.length };
}

/** Unpacks the code into `folder/app` and puts the input where the app expects it. */
export async function unpackCode(
  ctx: Ctx,
  of: { codeArtifactId: string; folder: string; inputPath: string; manifest: AppManifest; signal: AbortSignal },
): Promise<string> {
  const { manifest, folder } = of;
  const path = join(folder, "code.zip");
  const codeSha256 = await fetchFile(ctx, {
    ...{ artifactId: of.codeArtifactId, path, what: "The app’s code", signal: of.signal },
  });
  const app = join(folder, "app");
  await mkdir(app, { recursive: true });
  await extractZip(path, "The app’s code", { folder: app, limits: CODE_LIMITS }).catch(asFailure("fetching_code"));
  await rm(path);
  const entry = await stat(join(app, manifest.entryPoint)).catch(() => null);
  if (!entry?.isFile()) {
    const detail = `The app’s code holds no ${manifest.entryPoint}. Correct entryPoint, or add the file.`;
    throw new RunFailure("fetching_code", detail);
  }
  // A sample input or output in the code is not what this run reads or wrote.
  for (const inner of [manifest.input, manifest.output, ...(manifest.log ? [manifest.log] : [])]) {
    await rm(join(app, inner), { recursive: true, force: true });
    await mkdir(dirname(join(app, inner)), { recursive: true });
  }
  await moveFile(of.inputPath, join(app, manifest.input));
  return codeSha256;
}

async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async () => {
    await copyFile(from, to);
    await rm(from);
  });
}

/** The values of the secrets an app names. @throws RunFailure for one that is not stored. */
export async function openSecrets(ctx: Ctx, revision: RevisionRecord): Promise<Record<string, string>> {
  const stored = new Map((await listSecrets(ctx, revision.appId)).map(({ name, sealed }) => [name, sealed]));
  const opened: Record<string, string> = {};
  for (const name of revision.manifest.secrets) {
    const sealed = stored.get(name);
    if (sealed === undefined) {
      throw new RunFailure("missing_secret", `The app names the secret ${name}, which is not stored. Enter it there.`);
    }
    opened[name] = openSecret(sealed, secretContext(ctx, revision.appId, name));
  }
  return opened;
}

/** Turns what a check says into a failure of the run with that reason; anything else stays what it is. */
function asFailure(reason: string): (error: unknown) => never {
  return (error) => {
    throw isAppError(error) ? new RunFailure(reason, messageOf(error), { cause: error }) : error;
  };
}
