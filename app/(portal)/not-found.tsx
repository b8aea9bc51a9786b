import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

/** Another workspace's things do not exist here: the words are the same for both. */
export default function PortalNotFound() {
  return (
    <Page crumbs={[{ label: "Not found" }]}>
      <EmptyState
        level="h1"
        title="There is nothing at this address"
        actions={
          <>
            <Button variant="primary" href="/">
              Go to the overview
            </Button>
            <Button href="/runs">See runs</Button>
            <Button href="/datasets">See datasets</Button>
          </>
        }
      >
        It may have been removed, or it belongs to another workspace: switch the workspace at the top left and open the
        link again.
      </EmptyState>
    </Page>
  );
}
