import { createHash } from "node:crypto";
import { chmod, chown, lchown, mkdir, opendir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { MachineEnd, MachineLimits, MachineWatch } from "../executor.ts";
import { openEgress } from "./egress.ts";
import type { Mount } from "./launch.ts";
import type { Python } from "./python.ts";
import { runIsolated } from "./run-isolated.ts";

const UID_FROM = 2_000_000_000;
const PROXY = "http://127.0.0.1:3128";
const OWN_FOLDERS = ["app", "tmp", "shm"];

/** A folder on this machine that programs of one run see as theirs, one after the other. */
export interface Place {
  id: string;
  folder: string;
  bwrap: string;
  python: Python;
  /** The system's user they run as; null keeps the one of the user namespace. */
  uid: number | null;
}

/** Gives the folder to its user and adds the few files a program expects in /etc. */
export async function makePlace(place: Omit<Place, "uid">): Promise<Place> {
  const { folder } = place;
  const uid = process.getuid?.() === 0 ? uidOf(place.id) : null;
  const name = uid ?? 1000;
  await mkdir(join(folder, "etc"), { recursive: true });
  await mkdir(join(folder, "net"), { recursive: true });
  await writeFile(join(folder, "etc", "passwd"), `app:x:${name}:${name}:app:/tmp:/usr/sbin/nologin\n`);
  await writeFile(join(folder, "etc", "group"), `app:x:${name}:\n`);
  await writeFile(join(folder, "etc", "hosts"), "127.0.0.1 localhost app\n::1 localhost\n");
  for (const inner of OWN_FOLDERS) {
    await mkdir(join(folder, inner), { recursive: true });
    if (uid !== null) await giveTo(join(folder, inner), uid);
  }
  await chmod(folder, 0o755);
  return { ...place, uid };
}

/** A user that nothing else has: limits on its processes count for this run alone. */
export function uidOf(id: string): number {
  return UID_FROM + createHash("sha256").update(id).digest().readUIntBE(0, 3);
}

/** Makes a folder and all in it a user's own; links themselves, never what they point to. */
export async function giveTo(path: string, uid: number): Promise<void> {
  await chown(path, uid, uid);
  for await (const entry of await opendir(path)) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(inner, uid);
    else await lchown(inner, uid, uid);
  }
}

export interface Program {
  argv: readonly string[];
  environment: Readonly<Record<string, string>>;
  mounts?: readonly Mount[];
  network: boolean;
  limits: MachineLimits;
}

/** Runs one program there. With a network, the way out is open exactly as long as the program runs. */
export async function runInPlace(place: Place, program: Program, watch: MachineWatch): Promise<MachineEnd> {
  const { id, folder, bwrap, python, uid } = place;
  const socket = join(folder, "net", "egress.sock");
  const egress = program.network ? await openEgress(socket, (what) => watch.onNote(`network: ${what}`)) : null;
  try {
    return await runIsolated(
      {
        ...{ bwrap, uid, argv: program.argv, cwd: "/job/app", limits: program.limits },
        proxySocket: egress ? "/run/net/egress.sock" : null,
        python: python.path,
        environment: { ...program.environment, ...ownVariables(python, program.network) },
        mounts: [...mountsOf(place, egress !== null), ...(program.mounts ?? [])],
      },
      { id, folder, watch },
    );
  } finally {
    await egress?.close();
  }
}

function mountsOf({ folder, python }: Place, hasNetwork: boolean): Mount[] {
  const readOnly = (inner: string, to: string): Mount => ({ from: join(folder, inner), to, isWritable: false });
  return [
    ...(python.prefix === "/usr" ? [] : [{ from: python.prefix, to: python.prefix, isWritable: false }]),
    ...["passwd", "group", "hosts"].map((name) => readOnly(`etc/${name}`, `/etc/${name}`)),
    ...(hasNetwork ? [readOnly("net", "/run/net")] : []),
    { from: join(folder, "app"), to: "/job/app", isWritable: true },
    { from: join(folder, "tmp"), to: "/tmp", isWritable: true },
    { from: join(folder, "shm"), to: "/dev/shm", isWritable: true },
  ];
}

function ownVariables(python: Python, hasNetwork: boolean): Record<string, string> {
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];
  return {
    PATH: `${python.prefix === "/usr" ? "" : `${python.prefix}/bin:`}/usr/local/bin:/usr/bin:/bin`,
    HOME: "/tmp",
    LANG: "C.UTF-8",
    PYTHONDONTWRITEBYTECODE: "1",
    ...(hasNetwork ? Object.fromEntries(proxies.map((name) => [name, PROXY])) : {}),
  };
}
