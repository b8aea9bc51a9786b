import { Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { DatasetFilters } from "#components/datasets/dataset-filters";
import { DatasetTable } from "#components/datasets/dataset-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { pageContext } from "#lib/auth/page-context";
import { listDatasetKinds } from "#lib/datasets/registry";
import { datasetView } from "#lib/datasets/schema";
import { listDatasetViews } from "#lib/datasets/service/get-dataset";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Datasets" };

const PAGE_SIZE = 50;
const one = z.string().optional().catch(undefined);
const query = z.object({ kind: one, cursor: one });

interface DatasetsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DatasetsPage({ searchParams }: DatasetsPageProps) {
  const ctx = await pageContext();
  const { kind, cursor } = query.parse(await searchParams);
  const [page, kinds, { timeZone }] = await Promise.all([
    listDatasetViews(ctx, { kind, cursor, limit: PAGE_SIZE }),
    listDatasetKinds(),
    findWorkspace(ctx),
  ]);
  const datasets = z.array(datasetView).parse(page.items);
  const rows = datasets.map(({ uploads, ...dataset }) => ({
    ...dataset,
    fileNames: uploads.map((upload) => upload.fileName),
  }));
  const hrefOf = (next: string | null) =>
    `/datasets?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(next ? { cursor: next } : {}) }).toString()}`;
  return (
    <Page
      crumbs={[{ label: "Datasets" }]}
      bar={<DatasetFilters kind={kind} kinds={kinds.map(({ kind: name, label }) => ({ kind: name, label }))} />}
    >
      <div className="gutter-x pt-[22px] pb-10">
        <PageHead title="Datasets">
          Typed tables made from uploads, each with a report of what was kept, repaired and dropped.
        </PageHead>
        {rows.length === 0 ? (
          <NoDatasets kindLabel={kind ? (kinds.find((known) => known.kind === kind)?.label ?? kind) : null} />
        ) : (
          <DatasetTable datasets={rows} timeZone={timeZone} now={ctx.now.toISOString()} />
        )}
        <nav aria-label="Pages" className="mt-4 flex gap-3 text-sm">
          {cursor ? (
            <Link href={hrefOf(null)} className="text-accent hover:underline">
              Newest datasets
            </Link>
          ) : null}
          {page.nextCursor ? (
            <Link href={hrefOf(page.nextCursor)} className="ml-auto text-accent hover:underline">
              Earlier datasets
            </Link>
          ) : null}
        </nav>
      </div>
    </Page>
  );
}

function NoDatasets({ kindLabel }: { kindLabel: string | null }) {
  if (kindLabel !== null) {
    return (
      <EmptyState
        title="No dataset matches"
        illustration={null}
        actions={<Button href="/datasets">Clear the filter</Button>}
      >
        There is none of the kind {kindLabel}.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No datasets yet"
      actions={
        <Button variant="primary" href="/uploads" icon={<Upload className="size-3.5" aria-hidden />}>
          Upload files
        </Button>
      }
    >
      Upload a sensor list or readings. Each file becomes a dataset with its quality report.
    </EmptyState>
  );
}
