import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { ViewRenderer } from "#components/charts/view-renderer";
import { SaveScenario } from "#components/charging/save-scenario";
import { ExecutionFacts } from "#components/runner/execution-facts";
import { ArchiveBrowser } from "#components/runs/archive/archive-browser";
import { RunLog, type StoredLogs } from "#components/runs/log/run-log";
import { RunActions } from "#components/runs/run-actions";
import { RunFacts, RunMemory } from "#components/runs/run-facts";
import { RunFeedProvider } from "#components/runs/run-feed-provider";
import { RunFiles } from "#components/runs/run-files";
import { RunHead } from "#components/runs/run-head";
import { runLineage } from "#components/runs/run-lineage";
import { RunSteps } from "#components/runs/run-steps";
import { shortId } from "#components/runs/run-words";
import { Page } from "#components/shell/page";
import { Age } from "#components/ui/age";
import { KeyValues } from "#components/ui/key-values";
import { LineageStrip } from "#components/ui/lineage-strip";
import { Section } from "#components/ui/section";
import { SourceLine, SourceLink } from "#components/ui/source-line";
import { Split } from "#components/ui/split";
import { SCENARIO_ALGORITHMS } from "#lib/charging/scenarios/core/readings/read-result";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { configuredTiles } from "#lib/maps/configured-tiles";
import type { AppExecution } from "#lib/runner/schema";
import { parametersSchema } from "#lib/runner/core/parameters";
import { findAppExecution } from "#lib/runner/service/get-execution";
import { parameterRows } from "#lib/runs/parameter-rows";
import { runOrigin, type RunDetail } from "#lib/runs/schema";
import { readRunPage, type RunPage } from "#lib/runs/service/read-run-page";
import { findWorkspace } from "#lib/workspaces/store";

/** An algorithm with more of them shows only those that differ: the others would bury them. */
const PARAMETERS_SHOWN_MAX = 40;

interface RunPageProps {
  params: Promise<{ runId: string }>;
  searchParams: Promise<{ origin?: string | string[] }>;
}

/** Once per request, for the title and the page. */
const readOnce = cache(async (runId: string) => readRunPage(await pageContext(), runId));

async function read(params: RunPageProps["params"]): Promise<RunPage> {
  const runId = z.uuid().safeParse((await params).runId);
  const page = runId.success ? await readOnce(runId.data) : null;
  return page ?? notFound();
}

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  return { title: (await read(params)).run.title };
}

export default async function RunPageView({ params, searchParams }: RunPageProps) {
  const ctx = await pageContext();
  const [page, workspace, query] = await Promise.all([read(params), findWorkspace(ctx), searchParams]);
  const { run, lines, hasMoreLines, changeHref, origins } = page;
  const { timeZone } = workspace;
  const execution = run.algorithm === "run-app" ? await findAppExecution(ctx, run.id) : null;
  // Of a program that runs or has failed, what it says is looked for first; of one that succeeded, its output.
  const isLogFirst = run.algorithm === "run-app" && run.state !== "succeeded";
  const hasFailed = execution !== null && ["failed", "timed_out", "lost"].includes(run.state);
  const stored = execution && storedLogs(execution, page);
  const log = <RunLog timeZone={timeZone} stored={stored} hasFailed={hasFailed} />;
  const now = ctx.now.toISOString();
  const origin = runOrigin.safeParse(query.origin).data ?? null;
  const parameters = execution ? appParameterRows(execution, run) : page.parameters;
  const changed = parameters.filter((row) => !row.isDefault).length;
  const shown = parameters.length > PARAMETERS_SHOWN_MAX ? parameters.filter((row) => !row.isDefault) : parameters;
  const aside = (
    <>
      <RunFacts hasOwnLimits={execution !== null} timeZone={timeZone} now={now} />
      {execution ? <ExecutionFacts execution={execution} run={run} /> : null}
      {parameters.length > 0 ? (
        <Section
          title="Parameters"
          caption={
            changed === 0 ? "all as by default" : `${changed} ${changed === 1 ? "differs" : "differ"} from default`
          }
        >
          <KeyValues
            ruled
            items={shown.map((row) => ({
              key: row.label,
              changed: !row.isDefault,
              value: (
                <span title={row.hint}>
                  {row.value}
                  {row.unit ? <span className="ml-[.22em] text-[.86em] font-normal text-muted">{row.unit}</span> : null}
                </span>
              ),
            }))}
          />
        </Section>
      ) : null}
      {execution ? null : <RunMemory />}
      <RunFiles artifacts={run.artifacts} state={run.state} />
    </>
  );
  return (
    <RunFeedProvider run={run} lines={lines} hasMoreLines={hasMoreLines && !stored?.isLong}>
      <Page
        crumbs={[{ label: "Runs", href: "/runs" }, { label: run.algorithm }]}
        actions={
          <>
            {SCENARIO_ALGORITHMS.includes(run.algorithm) && can(ctx, "charging:write") ? (
              <SaveScenario runId={run.id} title={run.title} />
            ) : null}
            {can(ctx, "runs:create") ? (
              <RunActions
                changeHref={execution ? appChangeHref(execution) : changeHref}
                isProgram={execution !== null}
              />
            ) : null}
          </>
        }
      >
        <Split aside={aside} asideLabel="About this run" asideWidthPx={340}>
          <RunHead origin={origin} failedStep={execution?.failedStep ?? null} timeZone={timeZone} now={now} />
          {isLogFirst ? log : null}
          <Result page={page} timeZone={timeZone} now={now} />
          {run.algorithm === "run-app" ? <ArchiveBrowser tiles={configuredTiles()} /> : null}
          <RunSteps now={now} failedStep={execution?.failedStep ?? null} />
          {isLogFirst ? null : log}
          <Section title="Lineage" caption="every number in the result leads back along this line">
            <LineageStrip nodes={runLineage(run, origins)} />
          </Section>
        </Split>
      </Page>
    </RunFeedProvider>
  );
}

/** A longer machine log is read where it is stored; a shorter one was followed whole, with the time of each line. */
const LOG_BYTES_FOLLOWED = 200_000;

function storedLogs({ machineLogId, appLog, isLogTruncated }: AppExecution, { run }: RunPage): StoredLogs | null {
  if (machineLogId === null) return null;
  const sizeBytes = run.artifacts.find(({ artifactId }) => artifactId === machineLogId)?.sizeBytes ?? 0;
  return {
    machineLogId,
    isLong: sizeBytes > LOG_BYTES_FOLLOWED,
    isShortened: isLogTruncated,
    appLogId: appLog === "none" ? null : appLog,
  };
}

/** An app is started on its own page, where its inputs are. */
const appChangeHref = ({ appId, runId }: AppExecution) => `/runner/${appId}?from=${runId}`;

/** With the words that the app's manifest has for them. */
function appParameterRows({ parameters }: AppExecution, { params }: RunDetail) {
  return parameterRows(z.toJSONSchema(parametersSchema(parameters), { io: "input" }), params);
}

interface ResultProps {
  page: RunPage;
  timeZone: string;
  now: string;
}

function Result({ page: { run, view, algorithmTitle }, timeZone, now }: ResultProps) {
  if (view === null) return null;
  const source = <ResultSource {...{ run, algorithmTitle, timeZone, now }} />;
  return (
    <Section title="Result" caption={algorithmTitle}>
      {view.length > 0 ? (
        <ViewRenderer views={view} source={source} />
      ) : (
        <p className="text-sm text-muted">
          This result was made by version {run.version} and cannot be drawn by the present one.{" "}
          <a className="link" href={`/api/v1/runs/${run.id}/result`}>
            The stored values
          </a>{" "}
          are as they were.
        </p>
      )}
    </Section>
  );
}

function ResultSource({ run, timeZone, now }: { run: RunDetail; timeZone: string; now: string }) {
  const read = run.artifacts.filter((artifact) => artifact.direction === "input");
  const [only] = read;
  return (
    <SourceLine className="mt-0">
      <span>
        {run.algorithm} v{run.version}
      </span>
      <SourceLink href={`/runs/${run.id}`} mono title={run.id}>
        run {shortId(run.id)}
      </SourceLink>
      {only ? <span>{read.length === 1 ? only.name : `${read.length} inputs`}</span> : null}
      {run.finishedAt ? <Age at={run.finishedAt} now={now} timeZone={timeZone} ago /> : null}
    </SourceLine>
  );
}
