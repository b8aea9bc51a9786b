import { z } from "zod";
import { createDocument, type CreateDocumentOptions, type ZodOpenApiOperationObject } from "zod-openapi";
import { permission } from "#lib/auth/permissions";
import { textBodiesOf } from "#lib/http/read-input";
import type { RouteSpec } from "#lib/http/route-spec";
import type { Method, Operation } from "./operations.ts";

type Document = ReturnType<typeof createDocument>;

const problem = z
  .object({
    type: z.string().meta({ examples: ["/problems/invalid_input"] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What is wrong and what to do" }),
    instance: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details with a code, the request id and field errors" });

const PROBLEM = { description: "Problem", content: { "application/problem+json": { schema: problem } } };
const IDEMPOTENCY_KEY = z.string().max(200).optional().meta({
  description: "Repeating a write with the same key returns the first answer and changes nothing twice",
});

/** What zod cannot say in JSON Schema, and what it says that helps nobody. */
const override: CreateDocumentOptions["override"] = ({ jsonSchema, zodSchema }) => {
  const { def } = zodSchema._zod;
  // An instant is parsed as a date and answered as ISO text.
  const isInstant = def.type === "date" || (def.type === "pipe" && "in" in def && isDate(def.in));
  if (isInstant) Object.assign(jsonSchema, { type: "string", format: "date-time" });
  if (jsonSchema.format === "uuid") delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
};

function isDate(schema: unknown): boolean {
  return schema instanceof z.ZodType && schema.def.type === "date";
}

const PATH_PARAMETER = /\[+(?:\.\.\.)?([^[\]]+)\]+/g;

function securityOf({ access }: RouteSpec): ZodOpenApiOperationObject["security"] {
  if (access === "public") return [];
  if (access === "storage") return [{ storageSecret: [] }];
  return access === "session" ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }];
}

function successOf(spec: RouteSpec): ZodOpenApiOperationObject["responses"] {
  const hasBody = spec.response !== undefined || spec.produces !== undefined;
  const status = String(spec.status ?? (hasBody ? 200 : 204)) as `2${string}`;
  const raw = Object.fromEntries((spec.produces ?? []).map((type) => [type, { schema: { type: "string" as const } }]));
  const content = { ...(spec.response ? { "application/json": { schema: spec.response } } : {}), ...raw };
  return { [status]: { description: hasBody ? "Success" : "Done", ...(hasBody ? { content } : {}) } };
}

function problemsOf(method: Method, spec: RouteSpec): ZodOpenApiOperationObject["responses"] {
  const statuses = [
    ...(spec.query || spec.body ? ["400"] : []),
    ...(spec.access === "public" ? [] : ["401", "403"]),
    ...(spec.params ? ["404"] : []),
    ...(method === "GET" ? [] : ["409", "422"]),
    "429",
    "500",
  ];
  return Object.fromEntries(statuses.map((status) => [status, PROBLEM]));
}

function accessWords({ access }: RouteSpec): string {
  if (access === "public") return "Open to everyone.";
  if (access === "session") return "Needs a signed-in person.";
  if (access === "storage") return "Needs the shared secret of object storage.";
  return `Needs the permission \`${access}\`.`;
}

/** Keys belong to a caller in a workspace; writes without one (signing in, storage events) have none. */
export function takesIdempotencyKey({ method, spec }: Operation): boolean {
  return method !== "GET" && permission.safeParse(spec.access).success;
}

function operationIdOf({ method, path }: Operation): string {
  const words = path
    .replace(PATH_PARAMETER, "by-$1")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function bodyOf(spec: RouteSpec, schema: z.ZodType): ZodOpenApiOperationObject["requestBody"] {
  const text = Object.fromEntries(
    textBodiesOf(spec).map(({ mediaType }) => [mediaType, { schema: { type: "string" as const } }]),
  );
  return { required: true, content: { "application/json": { schema }, ...text } };
}

function toOperation(operation: Operation): ZodOpenApiOperationObject {
  const { method, spec } = operation;
  const header = takesIdempotencyKey(operation) ? z.object({ "Idempotency-Key": IDEMPOTENCY_KEY }) : undefined;
  const path = spec.params instanceof z.ZodObject ? spec.params : undefined;
  const query = spec.query instanceof z.ZodObject ? spec.query : undefined;
  return {
    operationId: operationIdOf(operation),
    tags: [spec.tag],
    summary: spec.summary,
    description: accessWords(spec),
    security: securityOf(spec),
    requestParams: { ...(path ? { path } : {}), ...(query ? { query } : {}), ...(header ? { header } : {}) },
    ...(spec.body ? { requestBody: bodyOf(spec, spec.body) } : {}),
    responses: { ...successOf(spec), ...problemsOf(method, spec) },
  };
}

/** The OpenAPI 3.1 document of the operations, from the very schemas that check requests and answers. */
export function buildDocument(
  operations: readonly Operation[],
  about: { version: string; serverUrl: string },
): Document {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(PATH_PARAMETER, "{$1}");
    (paths[path] ??= {})[operation.method.toLowerCase()] = toOperation(operation);
  }
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Fieldport",
        version: about.version,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
        description:
          "Drop field data in, get results you can trace, on a map. Errors are RFC 9457 problems. Lists page by cursor: " +
          "send `nextCursor` back as `cursor`. Every write accepts an `Idempotency-Key`.",
      },
      servers: [{ url: about.serverUrl }],
      tags: [...new Set(operations.map(({ spec }) => spec.tag))].sort().map((name) => ({ name })),
      paths,
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "fieldport.session", description: "A person who signed in" },
          apiKey: { type: "http", scheme: "bearer", description: "An API key of a workspace, made under Settings" },
          storageSecret: { type: "http", scheme: "bearer", description: "The secret shared with object storage" },
        },
      },
    },
    {
      override,
      allowEmptySchema: { custom: true, transform: true, unknown: true },
      reused: "inline",
    },
  );
}
