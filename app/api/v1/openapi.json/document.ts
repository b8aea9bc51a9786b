import { publicUrl } from "#lib/env";
import { buildDocument } from "#lib/openapi/build-document";
import { listOperations } from "#lib/openapi/operations";
import { ROUTE_MODULES } from "./route-modules.ts";

let document: ReturnType<typeof buildDocument> | undefined;

/** The API's own description, made once per process. */
export function apiDocument(): ReturnType<typeof buildDocument> {
  document ??= buildDocument(listOperations(ROUTE_MODULES), { version: "1", serverUrl: `${publicUrl()}/api/v1` });
  return document;
}
