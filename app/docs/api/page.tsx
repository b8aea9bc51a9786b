import { Braces } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ApiReference } from "#components/docs/api-reference";
import { Mark } from "#components/shell/mark";
import { Button } from "#components/ui/button";
import { apiDocument } from "#app/api/v1/openapi.json/document";
import { publicUrl } from "#lib/env";
import { readOperations } from "#lib/openapi/read-operations";

export const metadata: Metadata = {
  title: "API",
  description: "The REST interface of Fieldport, for people and programs.",
};
/** The address of the portal is known when it runs, not when it is built. */
export const dynamic = "force-dynamic";

export default function ApiDocsPage() {
  const baseUrl = `${publicUrl()}/api/v1`;
  return (
    <div className="min-h-dvh bg-surface">
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <header className="flex h-(--header-height) items-center gap-3 border-b border-line px-6 max-md:px-4">
        <Link href="/" className="flex items-center gap-2 font-bold text-ink" aria-label="Fieldport, overview">
          <Mark />
          Fieldport
        </Link>
        <span className="text-muted">API</span>
        <span className="flex-1" />
        <Button size="sm" icon={<Braces className="size-3.5 text-muted" aria-hidden />} href="/api/v1/openapi.json">
          openapi.json
        </Button>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-[1040px] px-6 pt-7 pb-16 outline-none max-md:px-4">
        <h1>API</h1>
        <div className="mt-1 mb-5 max-w-(--measure) space-y-2 text-ink-2">
          <p>
            Everything the portal does goes through this interface below <code>{baseUrl}</code>. This page is drawn from
            the OpenAPI 3.1 document that the validating schemas themselves produce.
          </p>
          <p>
            Programs send an API key, made under Settings, as <code>Authorization: Bearer fp_…</code>. Lists page by
            cursor: send <code>nextCursor</code> back as <code>cursor</code>. A write with an{" "}
            <code>Idempotency-Key</code> can be repeated without doing it twice. Refusals are problem documents (RFC
            9457) whose <code>errors</code> point to the member that is wrong.
          </p>
        </div>
        <ApiReference operations={readOperations(apiDocument())} baseUrl={baseUrl} />
      </main>
    </div>
  );
}
