import { Activity, Database, Download, Flag } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { ColumnTable } from "#components/datasets/column-table";
import { RowFunnel } from "#components/datasets/row-funnel";
import { RowPreview } from "#components/datasets/row-preview";
import { RuleList } from "#components/datasets/rule-list";
import { datasetNodes, fileNodes } from "#components/runs/run-lineage";
import { shortId } from "#components/runs/run-words";
import { Page } from "#components/shell/page";
import { Age } from "#components/ui/age";
import { Button } from "#components/ui/button";
import { LineageStrip, type LineageNode } from "#components/ui/lineage-strip";
import { PageHead } from "#components/ui/page-head";
import { Section } from "#components/ui/section";
import { SourceLine, SourceLink } from "#components/ui/source-line";
import { Split } from "#components/ui/split";
import { StateBadge } from "#components/ui/state-badge";
import { Tag } from "#components/ui/tag";
import { pageContext } from "#lib/auth/page-context";
import { summariseReport } from "#lib/datasets/core/quality-sentences";
import { findDatasetUse, type DatasetUse } from "#lib/datasets/lineage-store";
import { datasetView, type DatasetView } from "#lib/datasets/schema";
import { getDataset } from "#lib/datasets/service/get-dataset";
import { AppError } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { countOf } from "#lib/format/lists";
import { formatPercent } from "#lib/format/numbers";
import { findWorkspace } from "#lib/workspaces/store";

interface DatasetPageProps {
  params: Promise<{ datasetId: string }>;
}

/** Once per request, for the title and the page. */
const readOnce = cache(async (datasetId: string): Promise<DatasetView | null> => {
  try {
    return datasetView.parse(await getDataset(await pageContext(), datasetId));
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
});

async function read(params: DatasetPageProps["params"]): Promise<DatasetView> {
  const datasetId = z.uuid().safeParse((await params).datasetId);
  return (datasetId.success ? await readOnce(datasetId.data) : null) ?? notFound();
}

export async function generateMetadata({ params }: DatasetPageProps): Promise<Metadata> {
  return { title: (await read(params)).name };
}

export default async function DatasetPage({ params }: DatasetPageProps) {
  const ctx = await pageContext();
  const [dataset, { timeZone }] = await Promise.all([read(params), findWorkspace(ctx)]);
  const use = dataset.table ? await findDatasetUse(ctx, dataset.table.artifactId) : { runCount: 0, lastRun: null };
  const now = ctx.now.toISOString();
  const { report } = dataset;
  return (
    <Page
      crumbs={[{ label: "Datasets", href: "/datasets" }, { label: dataset.name }]}
      actions={dataset.table ? <Exports datasetId={dataset.id} /> : undefined}
    >
      <Split aside={<Report dataset={dataset} />} asideLabel="Quality report" asideWidthPx={420}>
        <div className="gutter-x border-b border-line pt-5 pb-4">
          <PageHead
            title={<span className="[overflow-wrap:anywhere]">{dataset.name}</span>}
            badges={
              <>
                <DropBadge dataset={dataset} />
                <Tag>{dataset.kindLabel}</Tag>
              </>
            }
          >
            {summariseReport(report)}
            {dataset.rowsAlreadyStored > 0
              ? ` ${countOf(dataset.rowsAlreadyStored, "value")} had been stored by an earlier dataset and are not stored twice.`
              : ""}
          </PageHead>
        </div>
        <Section title="Columns" caption={countOf(report.columns.length, "column")}>
          <ColumnTable columns={report.columns} />
          <Source dataset={dataset} timeZone={timeZone} now={now} />
        </Section>
        {dataset.table ? (
          <Section title="Rows" caption="as they are stored; times in UTC">
            <RowPreview datasetId={dataset.id} />
            <Source dataset={dataset} timeZone={timeZone} now={now} />
          </Section>
        ) : null}
        <Section title="Lineage" caption="from the file to what was computed from it">
          <LineageStrip nodes={lineageOf(dataset, use)} />
        </Section>
      </Split>
    </Page>
  );
}

function Exports({ datasetId }: { datasetId: string }) {
  const rows = `/api/v1/datasets/${datasetId}/rows`;
  const icon = <Download className="size-3.5 text-muted" aria-hidden />;
  return (
    <>
      <Button size="sm" icon={icon} href={`${rows}?format=csv`} download>
        CSV
      </Button>
      <Button size="sm" icon={icon} href={`${rows}?format=parquet`} download className="max-md:hidden">
        Parquet
      </Button>
      <Button size="sm" icon={icon} href={`${rows}?format=jsonl`} download className="max-md:hidden">
        JSON lines
      </Button>
    </>
  );
}

/** Duplicates were left out on purpose; only other dropped rows are worth a state. */
function DropBadge({ dataset: { report } }: { dataset: DatasetView }) {
  const dropped = report.rowsDropped - report.duplicates;
  if (dropped === 0) {
    return (
      <StateBadge state="good" pill>
        {report.rowsDropped === 0 ? "all rows kept" : "only duplicates dropped"}
      </StateBadge>
    );
  }
  return (
    <StateBadge state="suspect" pill>
      {formatPercent(dropped / report.rowsIn, 1)} dropped
    </StateBadge>
  );
}

function Report({ dataset }: { dataset: DatasetView }) {
  return (
    <>
      <Section title="Quality report" caption="rows">
        <RowFunnel report={dataset.report} />
        {dataset.rejects ? (
          <div className="mt-3.5">
            <Button
              size="sm"
              icon={<Download className="size-3.5 text-muted" aria-hidden />}
              href={`/api/v1/datasets/${dataset.id}/rejects`}
              download
            >
              Rejects, {formatBytes(dataset.rejects.sizeBytes)}
            </Button>
          </div>
        ) : null}
      </Section>
      <Section title="By rule" caption="open one to see rows">
        <RuleList findings={dataset.report.byRule} />
      </Section>
    </>
  );
}

function Source({ dataset, timeZone, now }: { dataset: DatasetView; timeZone: string; now: string }) {
  const [only] = dataset.uploads;
  return (
    <SourceLine>
      <span>clean-table</span>
      <SourceLink href={`/runs/${dataset.runId}`} mono title={dataset.runId}>
        run {shortId(dataset.runId)}
      </SourceLink>
      <span>{dataset.uploads.length === 1 && only ? only.fileName : countOf(dataset.uploads.length, "file")}</span>
      <Age at={dataset.createdAt} now={now} timeZone={timeZone} ago />
    </SourceLine>
  );
}

function lineageOf(dataset: DatasetView, use: DatasetUse): LineageNode[] {
  const files = dataset.uploads.map(({ id, fileName, sizeBytes }) => ({
    uploadId: id,
    fileName,
    sizeBytes,
    state: "checked",
  }));
  const here = datasetNodes([dataset]).map((node) => ({ ...node, here: true }));
  const used: LineageNode[] = use.lastRun
    ? [
        {
          key: "used",
          icon: Flag,
          title: countOf(use.runCount, "result"),
          detail: use.lastRun.title,
          href: use.runCount === 1 ? `/runs/${use.lastRun.id}` : "/runs",
        },
      ]
    : [];
  return [
    ...fileNodes(files),
    { key: "run", icon: Activity, title: "cleaning run", detail: "clean-table", href: `/runs/${dataset.runId}` },
    ...here.map((node) => ({ ...node, icon: Database })),
    ...used,
  ];
}
