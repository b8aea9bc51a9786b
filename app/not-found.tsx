import { Mark } from "#components/shell/mark";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center bg-surface">
      <EmptyState
        level="h1"
        illustration={<Mark className="mb-1 size-8" />}
        title="There is nothing at this address"
        actions={
          <Button variant="primary" href="/">
            Go to the overview
          </Button>
        }
      >
        The link may be old or incomplete.
      </EmptyState>
    </main>
  );
}
