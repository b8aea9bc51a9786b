import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { RouteHandler } from "#lib/http/route-spec";

const ROOT = join(import.meta.dirname, "..", "..");
const API = join(ROOT, "app", "api", "v1");
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

export interface FoundRoute {
  method: Method;
  /** Such as "/api/v1/runs/[runId]". */
  path: string;
  handler: RouteHandler;
  /** "POST /api/v1/runs/[runId]/cancel" */
  name: string;
}

export interface BadExport {
  name: string;
  reason: string;
}

/** Every route of the API as the file system has it, so that a new one cannot be forgotten. */
export async function findRoutes(): Promise<{ routes: FoundRoute[]; bad: BadExport[] }> {
  const routes: FoundRoute[] = [];
  const bad: BadExport[] = [];
  const files = readdirSync(API, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|[\\/])route\.tsx?$/.test(file),
  );
  for (const file of files.sort()) {
    const exported = (await import(/* @vite-ignore */ pathToFileURL(join(API, file)).href)) as Record<string, unknown>;
    const path = `/${relative(join(ROOT, "app"), join(API, file, ".."))}`.split(sep).join("/");
    for (const [method, handler] of Object.entries(exported)) {
      const name = `${method} ${path}`;
      if (isMethod(method) && isHandler(handler)) routes.push({ method, path, handler, name });
      else if (!CONFIG.has(method))
        bad.push({ name, reason: isMethod(method) ? "has no spec; make it with route()" : "is no method" });
    }
  }
  return { routes, bad };
}

/** What Next lets a route file export besides methods. */
const CONFIG = new Set([
  "dynamic",
  "revalidate",
  "runtime",
  "maxDuration",
  "preferredRegion",
  "fetchCache",
  "dynamicParams",
]);

function isMethod(name: string): name is Method {
  return METHODS.some((method) => method === name);
}

function isHandler(value: unknown): value is RouteHandler {
  return typeof value === "function" && "spec" in value;
}

/** The names in square brackets of a path, in order; catch-all names too, but not those that may stay away. */
export function paramNames(path: string): string[] {
  return [...path.matchAll(/(?<!\[)\[(?:\.\.\.)?([^[\]]+)\]/g)].map((match) => match[1] ?? "");
}
