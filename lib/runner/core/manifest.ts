import { z } from "zod";
import { AppError, type FieldError } from "#lib/errors";
import { parseDurationS } from "./duration.ts";
import { appParameter, parametersSchema } from "./parameters.ts";

export const MANIFEST_NAME = "fieldport.json";
const TIMEOUT_MAX_S = 24 * 3600;

/** A path inside the app's folder: no way out of it, whatever the system makes of slashes. */
const innerPath = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._/ -]+$/, "letters, digits, spaces and . _ - / only")
  .refine((path) => path.split("/").every((part) => part !== "" && part !== "." && part !== ".."), {
    message: 'a path inside the app’s folder, such as "data/input.zip": no leading slash, no ".."',
  });

const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "capital letters, digits and _, beginning with a letter")
  .refine((name) => !isReserved(name), { message: "a name the runner sets itself; choose another" });

const timeout = z.string().superRefine((text, check) => {
  const durationS = parseDurationS(text);
  if (durationS === null) check.addIssue('a number and s, m or h, such as "60s", "15m" or "8h"');
  else if (durationS < 1 || durationS > TIMEOUT_MAX_S) check.addIssue("from 1s to 24h");
});

/** The loader and the interpreter read these before the app does. */
const RESERVED = /^(PATH|HOME|TMPDIR|PYTHON.*|LD_.*|FIELDPORT_.*|(HTTPS?|ALL|NO)_PROXY|PIP_.*|GIT_.*)$/;

function isReserved(name: string): boolean {
  return RESERVED.test(name);
}

/** `fieldport.json`: what the runner has to know of an app. */
export const appManifest = z
  .strictObject({
    entryPoint: innerPath.refine((path) => path.endsWith(".py"), { message: "a Python file, such as main.py" }),
    requirements: innerPath.nullable().default(null),
    input: innerPath.default("input.zip"),
    output: innerPath.default("output.zip"),
    log: innerPath.nullable().default(null),
    python: z
      .string()
      .regex(/^3\.\d{1,2}$/, 'a version such as "3.11"')
      .nullable()
      .default(null),
    timeout: timeout.default("8h"),
    memoryMb: z.number().int().min(64).max(64_000).default(1024),
    diskMb: z.number().int().min(16).max(200_000).default(2048),
    processesMax: z.number().int().min(1).max(2000).default(128),
    network: z.boolean().default(false),
    environment: z.record(variableName, z.string().max(4000)).default({}),
    secrets: z.array(variableName).max(50).default([]),
    parameters: z.array(appParameter).max(50).default([]),
  })
  .superRefine((manifest, check) => {
    const { input, output, log, secrets, environment, parameters } = manifest;
    const places = [input, output, log].filter((path) => path !== null);
    if (new Set(places).size < places.length)
      check.addIssue({ code: "custom", path: ["output"], message: "input, output and log are three different files" });
    const twice = secrets.find((name) => Object.hasOwn(environment, name));
    if (twice) check.addIssue({ code: "custom", path: ["secrets"], message: `${twice} is in environment, too` });
    const names = parameters.map((parameter) => parameter.name);
    const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
    if (repeated >= 0)
      check.addIssue({ code: "custom", path: ["parameters", repeated, "name"], message: "a name that is taken" });
    for (const [index, parameter] of parameters.entries()) checkDefault(parameter, index, check);
  });
export type AppManifest = z.output<typeof appManifest>;

/** Whose word a manifest is: its code's own file, or what was entered in the portal and stands before it. */
export const manifestFrom = z.enum(["code", "form"]);
export type ManifestFrom = z.output<typeof manifestFrom>;

/** The limit on the whole of a run's work on its machine. */
export function timeoutSOf(manifest: Pick<AppManifest, "timeout">): number {
  return parseDurationS(manifest.timeout) ?? TIMEOUT_MAX_S;
}

function checkDefault(
  parameter: z.output<typeof appParameter>,
  index: number,
  check: { addIssue: (issue: { code: "custom"; path: (string | number)[]; message: string }) => void },
): void {
  if (parametersSchema([parameter]).safeParse({ [parameter.name]: parameter.default }).success) return;
  if (parameter.default === undefined) return;
  check.addIssue({ code: "custom", path: ["parameters", index, "default"], message: "outside of what it allows" });
}

/**
 * Reads a manifest's text. Every complaint says where in the file and what is expected there; those for a form stand
 * below `pointer`.
 */
export function parseManifest(text: string, where: string = MANIFEST_NAME, pointer = ""): AppManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    const fields = [{ pointer, detail: `${where} is no valid JSON (${said})` }];
    throw new AppError("invalid_input", `${where} is no valid JSON (${said}). Correct it there.`, {
      cause: error,
      fields,
    });
  }
  const outcome = appManifest.safeParse(value);
  if (outcome.success) return outcome.data;
  const fields = manifestProblems(outcome.error);
  const first = fields.slice(0, 3).map(({ pointer: at, detail }) => `${at}: ${detail}`);
  const detail = `${where} cannot be used. ${first.join(". ")}.`;
  throw new AppError("invalid_input", detail, { fields: pointer === "" ? fields : [{ pointer, detail }] });
}

/** What is wrong with a manifest, member by member. */
export function manifestProblems(error: z.core.$ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join("/")}`,
    detail: detailOf(issue),
  }));
}

function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    return `${issue.keys.join(", ")}: no such member; look for a spelling mistake`;
  }
  if (issue.code === "too_small" && issue.origin === "number") return `at least ${issue.minimum}`;
  if (issue.code === "too_big" && issue.origin === "number") return `at most ${issue.maximum}`;
  if (issue.code === "invalid_type" && issue.expected === "number") return "a whole number";
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}
