import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { Permission } from "#lib/auth/permissions";

/**
 * Who may call: a permission inside the current workspace, any signed-in person ("session", also without a
 * workspace), anybody ("public"), or object storage with its shared secret ("storage").
 */
export type Access = Permission | "session" | "public" | "storage";

export interface TextBody {
  mediaType: string;
  parse: (text: string) => unknown;
}

export interface RouteSpec<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  access: Access;
  summary: string;
  tag: string;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  /** Other forms of the body; `parse` makes of its text what `body` then checks. */
  textBody?: TextBody | readonly TextBody[];
  /** Status of success; 200 unless told, 204 when there is no response schema and nothing is returned. */
  status?: number;
  /** Media types besides JSON that a success may carry. */
  produces?: string[];
  /** Name written to the audit log for a successful write; absent = not audited. */
  audit?: string;
  /** The answer holds a secret shown once: a repeated Idempotency-Key must not bring it back from the database. */
  secretAnswer?: boolean;
  /** The service keeps Idempotency-Keys itself, in the transaction of the write. */
  keepsOwnKeys?: boolean;
  /** Readers may keep the answer and ask with its ETag whether it still holds; otherwise nobody keeps it. */
  isRevalidated?: boolean;
  /** Largest JSON body accepted, bytes. */
  bodyLimitBytes?: number;
}

export interface RouteInput<P, Q, B> {
  params: P;
  query: Q;
  body: B;
}

export interface RouteCall<C, P, Q, B> {
  ctx: C;
  input: RouteInput<P, Q, B>;
  request: Request;
}

/** The context each kind of access gives the handler. */
export type ContextFor<A extends Access> = A extends Permission
  ? Ctx
  : A extends "session"
    ? SessionCaller
    : AnonymousCaller;

export interface AnonymousCaller {
  requestId: string;
  address: string;
  now: Date;
}

export interface SessionCaller extends AnonymousCaller {
  userId: string;
  sessionId: string;
  workspaceId: string | null;
  email: string;
  name: string;
}

export type RouteHandler = ((request: Request, segment: SegmentArgument) => Promise<Response>) & { spec: RouteSpec };

export interface SegmentArgument {
  params: Promise<Record<string, string | string[] | undefined>>;
}
