import { z } from "zod";

export type SchemaNode = Readonly<Record<string, unknown>>;

export interface ApiParameter {
  name: string;
  where: string;
  required: boolean;
  description: string;
  schema: SchemaNode;
}

export interface ApiResponse {
  status: string;
  mediaTypes: string[];
  /** Of the JSON answer, when there is one. */
  schema: SchemaNode | null;
}

/** One method of one path, as the reference page shows it. */
export interface ApiOperation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  parameters: ApiParameter[];
  body: SchemaNode | null;
  success: ApiResponse | null;
  /** Status codes answered with a problem. */
  problems: string[];
  isPublic: boolean;
}

const node = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema: node.optional() })).default({});
const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string().default(""),
  security: z.array(node).default([]),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().default(""),
        schema: node.default({}),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content })),
});
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** The operations of an OpenAPI document, by tag and path. */
export function readOperations(value: unknown): ApiOperation[] {
  const { paths } = document.parse(value);
  return Object.entries(paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, found]) => toOperation(path, method, found)))
    .sort((a, b) => a.tag.localeCompare(b.tag) || a.path.localeCompare(b.path));
}

function toOperation(path: string, method: string, found: z.output<typeof operation>): ApiOperation {
  const [status, answer] = Object.entries(found.responses).find(([code]) => code.startsWith("2")) ?? [];
  return {
    id: found.operationId,
    method: method.toUpperCase(),
    path,
    tag: found.tags[0] ?? "",
    summary: found.summary,
    description: found.description,
    parameters: found.parameters.map(({ in: where, ...rest }) => ({ ...rest, where })),
    body: found.requestBody?.content["application/json"]?.schema ?? null,
    success:
      status === undefined || answer === undefined
        ? null
        : {
            status,
            mediaTypes: Object.keys(answer.content),
            schema: answer.content["application/json"]?.schema ?? null,
          },
    problems: Object.keys(found.responses).filter((code) => !code.startsWith("2")),
    isPublic: found.security.length === 0,
  };
}

/** Every word must occur somewhere: "post runs" finds POST /runs. */
export function matchesOperation(found: ApiOperation, search: string): boolean {
  const text = `${found.method} ${found.path} ${found.tag} ${found.summary} ${found.id}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
