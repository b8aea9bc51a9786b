import type { Metadata } from "next";
import { DrivingViews } from "#components/driving/driving-views";
import { ReplayPage } from "#components/driving/replay/replay-page";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { pageContext } from "#lib/auth/page-context";
import { readReplaySpan } from "#lib/driving/replay/service/read-replay-span";
import { configuredTiles } from "#lib/maps/configured-tiles";

export const metadata: Metadata = { title: "Replay" };

interface ReplayProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DrivingReplayPage({ searchParams }: ReplayProps) {
  const ctx = await pageContext();
  const span = await readReplaySpan(ctx, await searchParams);
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Replay" }]}
      fill={span !== null}
      views={<DrivingViews current="/driving/replay" />}
    >
      <h1 className="sr-only">Replay</h1>
      {span === null ? (
        <EmptyState title="Nothing to replay yet" actions={<Button href="/driving">Send the first record</Button>}>
          What vehicles send can be played again here, at 1 to 600 times its speed.
        </EmptyState>
      ) : (
        <ReplayPage key={`${span.fromMs} ${span.toMs}`} span={span} tiles={configuredTiles()} />
      )}
    </Page>
  );
}
