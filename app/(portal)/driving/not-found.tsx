import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

export default function DrivingNotFound() {
  return (
    <Page crumbs={[{ label: "Driving", href: "/driving" }, { label: "Not found" }]}>
      <EmptyState
        title="There is no such driver or episode"
        level="h1"
        actions={<Button href="/driving/drivers">Show all drivers</Button>}
      >
        It never came, or belongs to another workspace. Switching workspace may show it.
      </EmptyState>
    </Page>
  );
}
