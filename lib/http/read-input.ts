import type { z } from "zod";
import { AppError } from "#lib/errors";
import type { RouteSpec, SegmentArgument, TextBody } from "./route-spec.ts";

const DEFAULT_BODY_LIMIT_BYTES = 1024 * 1024;

function check(schema: z.ZodType, value: unknown, root: string): unknown {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const fields = outcome.error.issues.map((issue) => ({
    pointer: `${root}${issue.path.map((part) => `/${String(part).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("")}`,
    detail: issue.message,
  }));
  const first = fields[0];
  throw new AppError("invalid_input", first ? `${first.pointer || "/"}: ${first.detail}` : "The input is not valid.", {
    fields,
  });
}

export async function readParams(schema: z.ZodType | undefined, segment: SegmentArgument): Promise<unknown> {
  if (!schema) return undefined;
  const outcome = schema.safeParse(await segment.params);
  // An id that cannot exist is simply not found; it must not look different from a foreign one.
  if (!outcome.success) throw new AppError("not_found", "There is nothing at this address.");
  return outcome.data;
}

export function readQuery(schema: z.ZodType | undefined, request: Request): unknown {
  if (!schema) return undefined;
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    const earlier = values[name];
    values[name] = earlier === undefined ? value : [...(Array.isArray(earlier) ? earlier : [earlier]), value];
  }
  return check(schema, values, "");
}

export async function readBody(spec: RouteSpec, request: Request): Promise<unknown> {
  if (!spec.body) return undefined;
  const limit = spec.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES;
  const text = await readText(request, limit);
  const mediaType = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const textBody = textBodiesOf(spec).find((known) => known.mediaType === mediaType);
  if (textBody) return check(spec.body, textBody.parse(text), "");
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause: error });
  }
  return check(spec.body, value, "");
}

export function textBodiesOf({ textBody }: RouteSpec): readonly TextBody[] {
  return textBody === undefined ? [] : [textBody].flat();
}

/** The body as it came, up to a size: for what is signed as a whole. */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const reader = request.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limitBytes) {
      await reader.cancel();
      throw tooLarge(limitBytes);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(limitBytes: number): AppError {
  return new AppError(
    "too_large",
    `The body is larger than ${limitBytes / 1024} kB. Send less at once, or upload a file.`,
  );
}
