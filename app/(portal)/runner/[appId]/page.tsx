import type { Metadata } from "next";
import { AddTrigger } from "#components/runner/add-trigger";
import { AppFacts } from "#components/runner/app-facts";
import { AppRunTable } from "#components/runner/app-run-table";
import { successWords } from "#components/runner/app-table";
import { ReadingNote } from "#components/runner/reading-note";
import { RefusedInputs } from "#components/runner/refused-inputs";
import { StartApp } from "#components/runner/start-app";
import { TriggerList } from "#components/runner/trigger-list";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { Section } from "#components/ui/section";
import { Split } from "#components/ui/split";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { formatDuration } from "#lib/format/durations";
import { formatUsd } from "#lib/format/numbers";
import { fieldsOfSchema } from "#lib/forms/fields-of";
import { foundOr404 } from "#lib/http/found-or-404";
import { appParams } from "#lib/http/params";
import { parametersSchema } from "#lib/runner/core/parameters";
import type { AppDetail } from "#lib/runner/schema";
import { getApp } from "#lib/runner/service/get-app";
import { readEarlierStart } from "#lib/runner/service/read-earlier";
import { listRefused } from "#lib/runner/service/list-refused";
import { listRunsOfApp } from "#lib/runner/service/list-app-runs";
import { listTriggers } from "#lib/runner/triggers/manage-triggers";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "App" };

const RUNS_SHOWN = 50;

interface AppPageProps {
  params: Promise<{ appId: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function AppPage({ params, searchParams }: AppPageProps) {
  const ctx = await pageContext();
  const { appId } = await params;
  const app = await foundOr404(appParams, { appId }, () => getApp(ctx, appId));
  const { from } = await searchParams;
  const [runs, { timeZone }, triggers, refused, earlier] = await Promise.all([
    listRunsOfApp(ctx, appId, { limit: RUNS_SHOWN }),
    findWorkspace(ctx),
    listTriggers(ctx, appId),
    listRefused(ctx, appId),
    readEarlierStart(ctx, appId, from),
  ]);
  const now = ctx.now.toISOString();
  const isEditor = can(ctx, "runner:write");
  const facts = (
    <Section title="App">
      <AppFacts app={app} />
    </Section>
  );
  return (
    <Page crumbs={[{ label: "Apps", href: "/runner" }, { label: app.name }]}>
      <Split aside={facts} asideLabel="About this app" asideWidthPx={340}>
        <div className="gutter-x pt-[22px] pb-4">
          <PageHead
            title={app.name}
            actions={
              isEditor ? (
                <Button size="sm" href={`/runner/${app.id}/settings`}>
                  Change
                </Button>
              ) : undefined
            }
          >
            {app.description}
          </PageHead>
          {app.reading ? (
            <ReadingNote appId={app.id} reading={app.reading} revisionNo={app.revisionNo} mayChange={isEditor} />
          ) : null}
          {app.missingSecrets.length > 0 ? (
            <Note state="suspect" className="mb-4">
              {app.missingSecrets.join(", ")} {app.missingSecrets.length === 1 ? "is" : "are"} named by the manifest and
              not stored: runs fail until {app.missingSecrets.length === 1 ? "it is" : "they are"} entered under
              “Change”.
            </Note>
          ) : null}
        </div>
        <div className="border-t border-line">
          {can(ctx, "runs:create") ? (
            <Section title="Run">
              <StartApp
                appId={app.id}
                fields={parameterFields(app)}
                earlier={earlier}
                disabledReason={waitingFor(app)}
              />
            </Section>
          ) : null}
          <Section title="Runs" caption={caption(app)}>
            {runs.items.length === 0 ? (
              <EmptyState title="It has not run yet" illustration={null}>
                Choose an input zip above, or drop one into its folder in the bucket.
              </EmptyState>
            ) : (
              <AppRunTable appId={app.id} runs={runs.items} timeZone={timeZone} now={now} />
            )}
          </Section>
          {refused.length > 0 ? (
            <Section title="Refused" caption="dropped zips of the last 30 days that started nothing">
              <RefusedInputs inputs={refused} timeZone={timeZone} now={now} />
            </Section>
          ) : null}
          <Section title="Schedules and webhooks" caption="start it by themselves, on a stored zip">
            <TriggerList triggers={triggers} timeZone={timeZone} now={now} mayChange={isEditor} />
            {isEditor ? (
              <div className="mt-3">
                <AddTrigger appId={app.id} timeZone={timeZone} />
              </div>
            ) : null}
          </Section>
        </div>
      </Split>
    </Page>
  );
}

function caption(app: AppDetail): string {
  if (app.succeeded + app.failed === 0) return "none ended in the last 30 days";
  const time = app.machineS > 0 ? `, ${formatDuration(app.machineS)} of machine time` : "";
  const cost = app.costUsd === null ? "" : `, ${formatUsd(app.costUsd)}`;
  return `last 30 days: ${app.succeeded + app.failed} ended, ${successWords(app)} succeeded${time}${cost}`;
}

function parameterFields({ manifest }: AppDetail) {
  return fieldsOfSchema(parametersSchema(manifest?.parameters ?? []));
}

function waitingFor(app: AppDetail): string | undefined {
  if (app.isArchived) return "It is archived.";
  return app.manifest === null ? "Its fieldport.json has not been read yet." : undefined;
}
