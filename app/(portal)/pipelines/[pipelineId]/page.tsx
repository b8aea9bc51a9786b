import type { Metadata } from "next";
import Link from "next/link";
import { ExecutionTable } from "#components/pipelines/execution-table";
import { ExecutionView } from "#components/pipelines/execution-view";
import { PipelineActions } from "#components/pipelines/pipeline-actions";
import { startsWords } from "#components/pipelines/pipeline-words";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { KeyValues } from "#components/ui/key-values";
import { PageHead } from "#components/ui/page-head";
import { Section } from "#components/ui/section";
import { Time } from "#components/ui/time";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { foundOr404 } from "#lib/http/found-or-404";
import { pipelineParams } from "#lib/http/params";
import { readPipelinePage } from "#lib/pipelines/service/read-pipeline-page";
import { sensorNetworkSettings } from "#lib/sensors/pipeline/schema";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Pipeline" };

interface PipelinePageProps {
  params: Promise<{ pipelineId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PipelinePage({ params, searchParams }: PipelinePageProps) {
  const ctx = await pageContext();
  const { pipelineId } = await params;
  const page = await foundOr404(pipelineParams, { pipelineId }, async () =>
    readPipelinePage(ctx, pipelineId, await searchParams),
  );
  const { pipeline, shown, history, nextCursor, cursor } = page;
  const { timeZone } = await findWorkspace(ctx);
  const mayChange = can(ctx, "pipelines:write");
  const settings = sensorNetworkSettings.safeParse(pipeline.settings);
  const isAsked = settings.success && settings.data.source.kind !== "files";
  const facts = [
    { key: "Source", value: pipeline.source },
    { key: "Starts", value: startsWords(pipeline) },
    { key: "Next", value: <Time at={pipeline.nextAt} timeZone={timeZone} now={ctx.now} /> },
    ...(isAsked ? [{ key: "Key", value: pipeline.hasSecret ? "stored, encrypted" : "none" }] : []),
    { key: "Created by", value: pipeline.createdBy },
  ];
  return (
    <Page
      crumbs={[{ label: "Pipelines", href: "/pipelines" }, { label: pipeline.name }]}
      actions={
        mayChange ? <PipelineActions pipelineId={pipeline.id} timeZone={timeZone} hasBackfill={isAsked} /> : undefined
      }
    >
      <div className="gutter-x pt-[22px]">
        <PageHead
          title={pipeline.name}
          actions={
            mayChange ? (
              <Button size="sm" href={`/pipelines/${pipeline.id}/settings`}>
                Change
              </Button>
            ) : undefined
          }
        />
        <KeyValues items={facts} />
      </div>
      <div className="mt-4 border-t border-line">
        {shown ? (
          <ExecutionView
            key={shown.id}
            execution={shown}
            mayChange={mayChange}
            timeZone={timeZone}
            now={ctx.now.toISOString()}
          />
        ) : (
          <EmptyState title="It has not run yet" illustration={null}>
            {mayChange ? "Run it now, or wait for its schedule." : "It runs when its schedule comes."}
          </EmptyState>
        )}
        {history.length > 0 ? (
          <Section title="History">
            <ExecutionTable
              pipelineId={pipeline.id}
              executions={history}
              shownId={shown?.id ?? null}
              timeZone={timeZone}
              now={ctx.now}
            />
            <nav aria-label="Pages of the history" className="mt-3 flex gap-3 text-sm">
              {cursor ? (
                <Link href={`/pipelines/${pipeline.id}`} className="link">
                  Newest runs
                </Link>
              ) : null}
              {nextCursor ? (
                <Link href={`/pipelines/${pipeline.id}?cursor=${encodeURIComponent(nextCursor)}`} className="link">
                  Earlier runs
                </Link>
              ) : null}
            </nav>
          </Section>
        ) : null}
      </div>
    </Page>
  );
}
