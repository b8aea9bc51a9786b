"use client";

import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";

/** What stands in the place of a driving page that could not be made. */
export function DrivingError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Page crumbs={[{ label: "Driving", href: "/driving" }, { label: "Error" }]}>
      <div className="gutter-x pt-[22px] pb-10">
        <h1 className="sr-only">Driving</h1>
        <ErrorState
          title="This page could not be made"
          actions={
            <Button size="sm" onClick={reset}>
              Try again
            </Button>
          }
          {...(error.digest ? { requestId: error.digest } : {})}
          className="max-w-[560px]"
        >
          The data are safe. If it happens again, the health page says what does not answer.
        </ErrorState>
      </div>
    </Page>
  );
}
