import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

export default function SensorNotFound() {
  return (
    <Page crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Not found" }]}>
      <EmptyState
        title="There is no such sensor"
        level="h1"
        actions={<Button href="/sensors">Show all sensors</Button>}
      >
        It was removed, or belongs to another workspace. Switching workspace may show it.
      </EmptyState>
    </Page>
  );
}
