import { ProblemError } from "#lib/http/client";
import { appManifest, manifestProblems, type AppManifest } from "#lib/runner/core/manifest";

/** A manifest while it is typed: what stands in the inputs. */
export interface ManifestDraft {
  entryPoint: string;
  requirements: string;
  input: string;
  output: string;
  log: string;
  python: string;
  timeout: string;
  memoryMb: string;
  diskMb: string;
  processesMax: string;
  network: boolean;
  /** One NAME=value a line. */
  environment: string;
  /** Names, with commas between. */
  secrets: string;
  /** JSON, as in fieldport.json. */
  parameters: string;
}

export function draftOfManifest(manifest: AppManifest): ManifestDraft {
  const { requirements, log, python, memoryMb, diskMb, processesMax, environment, secrets, parameters, ...same } =
    manifest;
  return {
    ...same,
    ...{ requirements: requirements ?? "", log: log ?? "", python: python ?? "" },
    ...{ memoryMb: String(memoryMb), diskMb: String(diskMb), processesMax: String(processesMax) },
    environment: Object.entries(environment)
      .map(([name, value]) => `${name}=${value}`)
      .join("\n"),
    secrets: secrets.join(", "),
    parameters: parameters.length === 0 ? "" : JSON.stringify(parameters, null, 2),
  };
}

export const NEW_MANIFEST: ManifestDraft = draftOfManifest(appManifest.parse({ entryPoint: "main.py" }));

/** The manifest that was typed. @throws ProblemError with what is wrong, each at its field below `/manifest` */
export function manifestOfDraft(draft: ManifestDraft): AppManifest {
  const { requirements, log, python, memoryMb, diskMb, processesMax, environment, secrets, parameters, ...same } =
    draft;
  const typed = {
    ...same,
    ...{ requirements: orNull(requirements), log: orNull(log), python: orNull(python) },
    ...{ memoryMb: toNumber(memoryMb), diskMb: toNumber(diskMb), processesMax: toNumber(processesMax) },
    environment: readEnvironment(environment),
    secrets: secrets.split(/[\s,]+/).filter((name) => name !== ""),
    parameters: readParameters(parameters),
  };
  const outcome = appManifest.safeParse(typed);
  if (outcome.success) return outcome.data;
  throw refusal(
    manifestProblems(outcome.error).map(({ pointer, detail }) => ({ pointer: `/manifest${pointer}`, detail })),
  );
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** What is no number stays as it was typed, so that the schema says what is expected. */
function toNumber(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text) : text;
}

function readEnvironment(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const wrong = lines.findIndex((line) => !line.includes("="));
  if (wrong >= 0) throw refusal([{ pointer: "/manifest/environment", detail: `line ${wrong + 1}: NAME=value` }]);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")).trim(), line.slice(line.indexOf("=") + 1)]),
  );
}

function readParameters(text: string): unknown {
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const said = error instanceof Error ? error.message : "unreadable";
    throw refusal([{ pointer: "/manifest/parameters", detail: `no valid JSON (${said})` }]);
  }
}

function refusal(errors: { pointer: string; detail: string }[]): ProblemError {
  const detail = "Correct the marked fields.";
  return new ProblemError(400, { code: "invalid_input", detail, errors });
}

/** What is wrong with a member or with something inside it: "/0/default outside of what it allows". */
export function manifestErrorOf(
  errors: readonly { pointer: string; detail: string }[] | undefined,
  member: keyof ManifestDraft,
): string | undefined {
  const at = `/manifest/${member}`;
  const found = errors?.find(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
  return found && `${found.pointer.slice(at.length + 1)} ${found.detail}`.trim();
}
