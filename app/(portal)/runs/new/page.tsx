import type { Metadata } from "next";
import Link from "next/link";
import { Page } from "#components/shell/page";
import { PageHead } from "#components/ui/page-head";
import { Tag } from "#components/ui/tag";
import { listAlgorithms } from "#lib/algorithms/service/list-algorithms";
import { pageContext } from "#lib/auth/page-context";

export const metadata: Metadata = { title: "New run" };

/** Where what people do not start themselves is started. */
const STARTED_AT = { upload: "/uploads", pipeline: "/pipelines", app: "/runner" } as const;
const STARTED_WITH = {
  upload: "starts by itself with an upload",
  pipeline: "starts by itself with a pipeline",
  app: "started from an app",
} as const;

export default async function ChooseAlgorithmPage() {
  await pageContext();
  const algorithms = await listAlgorithms();
  return (
    <Page crumbs={[{ label: "Runs", href: "/runs" }, { label: "New run" }]}>
      <div className="gutter-x max-w-[860px] pt-[22px] pb-10">
        <PageHead title="New run">
          Choose what to compute. The same run is never computed twice unless you ask for it.
        </PageHead>
        <ul>
          {algorithms.map(({ slug, version, title, summary, startedBy }) => {
            return (
              <li key={slug} className="relative border-b border-line py-3.5 last:border-b-0 hover:bg-hover">
                <div className="flex flex-wrap items-center gap-2">
                  <Link
                    href={startedBy === null ? `/runs/new/${slug}` : STARTED_AT[startedBy]}
                    className="font-bold text-ink after:absolute after:inset-0"
                  >
                    {title}
                  </Link>
                  <Tag mono>
                    {slug} v{version}
                  </Tag>
                  {startedBy === null ? null : <span className="text-xs text-muted">{STARTED_WITH[startedBy]}</span>}
                </div>
                <p className="mt-0.5 max-w-(--measure) text-sm text-muted">{summary}</p>
              </li>
            );
          })}
        </ul>
      </div>
    </Page>
  );
}
