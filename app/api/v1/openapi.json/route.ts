import { route } from "#lib/http/route";
import { apiDocument } from "./document.ts";

export const GET = route(
  { access: "public", tag: "API", summary: "This document: OpenAPI 3.1", produces: ["application/json"] },
  () =>
    Response.json(apiDocument(), {
      headers: { "cache-control": "public, max-age=60", "access-control-allow-origin": "*" },
    }),
);
