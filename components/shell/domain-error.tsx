"use client";

import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { Page } from "./page.tsx";

interface DomainErrorProps {
  label: string;
  href: string;
  error: Error & { digest?: string };
  reset: () => void;
}

/** What stands in the place of a page of a domain that could not be made. */
export function DomainError({ label, href, error, reset }: DomainErrorProps) {
  return (
    <Page crumbs={[{ label, href }, { label: "Error" }]}>
      <div className="gutter-x pt-[22px] pb-10">
        <h1 className="sr-only">{label}</h1>
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
