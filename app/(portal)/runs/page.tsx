import { Play } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { RunFilters } from "#components/runs/run-filters";
import { RunTable } from "#components/runs/run-table";
import { runsHref, type RunFilter } from "#components/runs/runs-href";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { ALGORITHM_SLUGS } from "#lib/algorithms/registry";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { runState } from "#lib/runs/schema";
import { countLiveRuns, listRuns } from "#lib/runs/store";
import { countOf } from "#lib/format/lists";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Runs" };

const PAGE_SIZE = 50;
const one = z.string().optional().catch(undefined);
const query = z.object({
  state: runState.or(z.literal("live")).optional().catch(undefined),
  algorithm: one,
  cursor: one,
});

interface RunsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunsPage({ searchParams }: RunsPageProps) {
  const ctx = await pageContext();
  const { state, algorithm, cursor } = query.parse(await searchParams);
  const filter = { state, algorithm };
  const [{ items, nextCursor }, liveCount, { timeZone }] = await Promise.all([
    listRuns(ctx, { ...filter, cursor, limit: PAGE_SIZE }),
    countLiveRuns(ctx),
    findWorkspace(ctx),
  ]);
  return (
    <Page
      crumbs={[{ label: "Runs" }]}
      actions={
        can(ctx, "runs:create") ? (
          <Button variant="primary" size="sm" icon={<Play className="size-3.5" aria-hidden />} href="/runs/new">
            New run
          </Button>
        ) : undefined
      }
      bar={<RunFilters filter={filter} algorithms={ALGORITHM_SLUGS} />}
    >
      <div className="gutter-x pt-[22px] pb-10">
        <PageHead title="Runs">
          {liveCount === 0 ? "Nothing is running." : `${countOf(liveCount, "run")} in progress or waiting.`} Cleaning,
          checks and everything else that is computed.
        </PageHead>
        {items.length === 0 ? (
          <NoRuns filter={filter} mayStart={can(ctx, "runs:create")} />
        ) : (
          <RunTable
            key={JSON.stringify({ ...filter, cursor })}
            runs={items}
            refreshPath={`/api/v1${runsHref({ ...filter, cursor })}${state || algorithm || cursor ? "&" : "?"}limit=${PAGE_SIZE}`}
            timeZone={timeZone}
            now={ctx.now.toISOString()}
          />
        )}
        <nav aria-label="Pages" className="mt-4 flex gap-3 text-sm">
          {cursor ? (
            <Link href={runsHref(filter)} className="text-accent hover:underline">
              Newest runs
            </Link>
          ) : null}
          {nextCursor ? (
            <Link href={runsHref({ ...filter, cursor: nextCursor })} className="ml-auto text-accent hover:underline">
              Earlier runs
            </Link>
          ) : null}
        </nav>
      </div>
    </Page>
  );
}

function NoRuns({ filter, mayStart }: { filter: RunFilter; mayStart: boolean }) {
  const isFiltered = Boolean(filter.state ?? filter.algorithm);
  if (isFiltered) {
    return (
      <EmptyState title="No run matches" illustration={null} actions={<Button href="/runs">Clear the filter</Button>}>
        {[filter.state ? `State ${filter.state.replace("_", " ")}` : "", filter.algorithm ?? ""]
          .filter(Boolean)
          .join(" and ")}
        : there is none.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No runs yet"
      actions={
        <>
          <Button variant="primary" href="/uploads">
            Upload files
          </Button>
          {mayStart ? <Button href="/runs/new">Start a check</Button> : null}
        </>
      }
    >
      A run starts by itself when a file is uploaded. Checks can be started by hand.
    </EmptyState>
  );
}
