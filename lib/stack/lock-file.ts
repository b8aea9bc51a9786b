import { z } from "zod";

const packageEntry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
/** Validating with the schemas above would reorder keys, so what is written back goes through this one. */
const unknownRecord = z.record(z.string(), z.unknown());
export const lockFile = z.looseObject({ packages: z.record(z.string(), packageEntry) });
export type LockFile = z.infer<typeof lockFile>;

export interface MissingPackage {
  /** Where the entry belongs, such as "node_modules/@img/sharp-darwin-arm64". */
  at: string;
  entry: z.infer<typeof packageEntry>;
}

/**
 * Optional packages for other platforms that package-lock.json names but does not list. npm leaves them out when the
 * registry it wrote the file with lacks them, then refuses its own file, and users on those platforms would get no
 * native binaries. The entries found here carry no address and checksum: their registry supplies both.
 */
export function findMissingPackages({ packages }: LockFile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>();
  for (const [dependent, { optionalDependencies = {}, dev, devOptional }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const version = lowestVersion(range);
      const found = findInstalled(packages, dependent, name);
      if (version === null || (found !== null && !conflicts(found, range))) continue;
      const at = found === null ? `node_modules/${name}` : `${dependent}/node_modules/${name}`;
      const flags = { ...(dev ? { dev } : {}), ...(devOptional ? { devOptional } : {}) };
      if (!missing.has(at)) missing.set(at, { at, entry: { version, ...flags, optional: true, ...platformOf(name) } });
    }
  }
  return [...missing.values()];
}

/** The text of the lock file with the missing entries at their place in npm's own order; all else as it was. */
export function completeLockFile(text: string): string {
  const raw = unknownRecord.parse(JSON.parse(text));
  const missing = findMissingPackages(lockFile.parse(raw));
  if (missing.length === 0) return text;
  const added = missing.map(({ at, entry }): [string, unknown] => [at, entry]);
  const all = [...Object.entries(unknownRecord.parse(raw.packages)), ...added];
  const packages = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, "en")));
  return `${JSON.stringify({ ...raw, packages }, null, 2)}\n`;
}

/** As Node resolves it: the nearest node_modules upwards. */
function findInstalled(packages: LockFile["packages"], dependent: string, name: string): string | null {
  for (let place = dependent; ; place = parentOf(place)) {
    const entry = packages[`${place === "" ? "" : `${place}/`}node_modules/${name}`];
    if (entry) return entry.version ?? "";
    if (place === "") return null;
  }
}

function parentOf(place: string): string {
  const cut = place.lastIndexOf("/node_modules/");
  return cut < 0 ? "" : place.slice(0, cut);
}

/** Only exact demands can be judged without npm's range rules; npm itself placed the others rightly. */
function conflicts(found: string, range: string): boolean {
  return /^\d/.test(range) && /^[\w.+-]+$/.test(range) && found !== range;
}

function lowestVersion(range: string): string | null {
  return /^[\^~]?(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(range)?.[1] ?? null;
}

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "aix", "win32"];
const PROCESSORS = ["arm64", "arm", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];
/** Names that say their platform in another word. */
const SYNONYMS: Record<string, string> = { windows: "win32", linuxmusl: "linux", fsevents: "darwin" };

interface Platform {
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

/** The platform a package's name tells. One that tells none is never installed, rather than everywhere. */
export function platformOf(name: string): Platform {
  const words = name.split(/[-/._]/).map((word) => SYNONYMS[word] ?? word);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os && cpu !== "wasm32") return { os: ["none"] };
  const libc = os === "linux" ? libcOf(name) : undefined;
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}) };
}

function libcOf(name: string): string | undefined {
  if (name.includes("musl")) return "musl";
  return name.includes("gnu") ? "glibc" : undefined;
}
