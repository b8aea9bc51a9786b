"use client";

import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";

interface PortalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page that could not be made. The navigation around it still works. */
export default function PortalError({ error, reset }: PortalErrorProps) {
  return (
    <main id="main" tabIndex={-1} className="min-w-0 flex-1 bg-surface outline-none">
      <div className="gutter-x max-w-[640px] py-10">
        <h1 className="mb-4">This page could not be shown</h1>
        <ErrorState
          title="Something failed on our side"
          requestId={error.digest}
          actions={
            <>
              <Button size="sm" variant="primary" onClick={reset}>
                Try again
              </Button>
              <Button size="sm" href="/health">
                See health
              </Button>
            </>
          }
        >
          Nothing you sent is lost. Try again; if it stays so, give the id to your administrator: it finds the entry in
          the server’s log.
        </ErrorState>
      </div>
    </main>
  );
}
