"use client";

import "./globals.css";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";

interface GlobalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** When even the frame around the pages fails; it brings its own document. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Fieldport could not answer</title>
        <main className="mx-auto max-w-[640px] px-6 py-16">
          <h1 className="mb-4">Fieldport could not answer</h1>
          <ErrorState
            title="Something failed on our side"
            requestId={error.digest}
            actions={
              <Button size="sm" variant="primary" onClick={reset}>
                Try again
              </Button>
            }
          >
            Often the database is not reachable for a moment. Nothing you sent is lost. If it stays so, give the id to
            your administrator.
          </ErrorState>
        </main>
      </body>
    </html>
  );
}
