import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { labelledChoices } from "#components/runs/input-field";
import { NewRunForm, type EarlierRun } from "#components/runs/new-run-form";
import { shortId } from "#components/runs/run-words";
import { Page } from "#components/shell/page";
import { PageHead } from "#components/ui/page-head";
import { ErrorState } from "#components/ui/error-state";
import { Tag } from "#components/ui/tag";
import { listAlgorithms } from "#lib/algorithms/service/list-algorithms";
import { missingFacilities } from "#lib/algorithms/service/missing-facilities";
import { can, type Ctx } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { fieldsOf } from "#lib/forms/fields-of";
import { listInputChoices } from "#lib/runs/service/list-input-choices";
import { findRun } from "#lib/runs/store";
import { findWorkspace } from "#lib/workspaces/store";

/** Where what people do not start here is started. */
const STARTED_AT = { upload: "/uploads", pipeline: "/pipelines", app: "/runner" } as const;

interface NewRunPageProps {
  params: Promise<{ algorithm: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function findAlgorithm(slug: string) {
  return (await listAlgorithms()).find((algorithm) => algorithm.slug === slug) ?? notFound();
}

export async function generateMetadata({ params }: NewRunPageProps): Promise<Metadata> {
  return { title: `New run: ${(await findAlgorithm((await params).algorithm)).title}` };
}

async function findEarlier(ctx: Ctx, from: unknown, algorithm: string): Promise<EarlierRun | null> {
  const runId = z.uuid().safeParse(from);
  const run = runId.success ? await findRun(ctx, runId.data) : null;
  return run?.algorithm === algorithm ? { id: run.id, params: run.params, inputs: run.inputs } : null;
}

export default async function NewRunPage({ params, searchParams }: NewRunPageProps) {
  const ctx = await pageContext();
  const { algorithm: slug } = await params;
  const algorithm = await findAlgorithm(slug);
  if (algorithm.startedBy !== null) redirect(STARTED_AT[algorithm.startedBy]);
  const { from, ...given } = await searchParams;
  const inputs = fieldsOf(algorithm.inputs);
  const [earlier, choices, { timeZone }] = await Promise.all([
    findEarlier(ctx, from, slug),
    listInputChoices(ctx, inputs),
    findWorkspace(ctx),
  ]);
  return (
    <Page
      crumbs={[{ label: "Runs", href: "/runs" }, { label: "New run", href: "/runs/new" }, { label: algorithm.slug }]}
    >
      <div className="gutter-x max-w-[760px] pt-[22px] pb-10">
        <PageHead
          title={algorithm.title}
          badges={
            <Tag mono>
              {algorithm.slug} v{algorithm.version}
            </Tag>
          }
        >
          {algorithm.summary}
          {earlier ? ` Parameters and input are those of run ${shortId(earlier.id)}.` : ""}
        </PageHead>
        {can(ctx, "runs:create") ? (
          <NewRunForm
            algorithm={slug}
            params={fieldsOf(algorithm.params, missingFacilities())}
            inputs={inputs}
            choices={labelledChoices(choices, { timeZone, now: ctx.now })}
            given={given}
            earlier={earlier}
          />
        ) : (
          <ErrorState title="You can view runs, not start them">
            Editors can. Ask an owner of this workspace to change your role.
          </ErrorState>
        )}
      </div>
    </Page>
  );
}
