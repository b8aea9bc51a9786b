import type { RouteSpec } from "#lib/http/route-spec";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

export interface Operation {
  method: Method;
  /** As in the folder: `/runs/[runId]`. */
  path: string;
  spec: RouteSpec;
}

function isSpec(value: unknown): value is RouteSpec {
  return typeof value === "object" && value !== null && "access" in value && "summary" in value && "tag" in value;
}

/** The operations of route modules: every exported method that `route()` made. */
export function listOperations(
  modules: readonly { path: string; methods: Readonly<Record<string, unknown>> }[],
): Operation[] {
  return modules.flatMap(({ path, methods }) =>
    METHODS.flatMap((method) => {
      const handler = methods[method];
      const spec = typeof handler === "function" && "spec" in handler ? handler.spec : null;
      return isSpec(spec) ? [{ method, path, spec }] : [];
    }),
  );
}
