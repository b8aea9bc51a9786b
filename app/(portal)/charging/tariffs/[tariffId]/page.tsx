import { Copy } from "lucide-react";
import type { Metadata } from "next";
import { ExportTariff } from "#components/charging/tariffs/export-tariff";
import { TariffEditor } from "#components/charging/tariffs/tariff-editor";
import { VersionTable } from "#components/charging/version-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { Tag } from "#components/ui/tag";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { tariffDetail, type TariffDetail } from "#lib/charging/tariffs/api-schema";
import { getTariff } from "#lib/charging/tariffs/service/get-tariff";
import { formatDate } from "#lib/format/dates";
import { foundOr404 } from "#lib/http/found-or-404";
import { tariffParams } from "#lib/http/params";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Tariff" };

export default async function TariffPage({ params }: { params: Promise<{ tariffId: string }> }) {
  const ctx = await pageContext();
  const { tariffId } = await params;
  const detail = tariffDetail.parse(await foundOr404(tariffParams, { tariffId }, () => getTariff(ctx, tariffId)));
  const { timeZone } = await findWorkspace(ctx);
  const { tariff, origin } = detail;
  const newest = detail.versions.find(({ isNewest }) => isNewest);
  const isNewest = newest?.id === detail.id;
  const mayChange = can(ctx, "charging:write");
  return (
    <Page
      crumbs={[
        { label: "Charging", href: "/charging" },
        { label: "Tariffs", href: "/charging/tariffs" },
        { label: detail.name },
      ]}
    >
      <div className="pt-[22px]">
        <div className="gutter-x">
          <PageHead
            title={detail.name}
            badges={<Tag>{origin === "published" ? "comes with the portal" : `version ${detail.version}`}</Tag>}
            actions={
              <>
                <ExportTariff name={detail.name} tariff={tariff} />
                {mayChange ? (
                  <Button
                    size="sm"
                    icon={<Copy className="size-3.5" aria-hidden />}
                    href={`/charging/tariffs/new?from=${detail.id}`}
                  >
                    Copy to edit
                  </Button>
                ) : null}
                {can(ctx, "runs:create") && origin === "workspace" ? (
                  <Button size="sm" href={`/runs/new/optimise-charging?tariffId=${detail.id}`}>
                    Manage charging with it
                  </Button>
                ) : null}
              </>
            }
          >
            {factsOf(detail)}
          </PageHead>
          {newest && !isNewest ? (
            <Note
              state="info"
              className="mb-4"
              actions={
                <Button size="sm" href={`/charging/tariffs/${newest.id}`}>
                  Open version {newest.version}
                </Button>
              }
            >
              This is an earlier version. It stays as it is, for the runs that used it.
            </Note>
          ) : null}
        </div>
        <TariffEditor
          key={detail.id}
          tariffId={origin === "workspace" ? detail.id : null}
          tariff={tariff}
          isReadOnly={!mayChange || !isNewest || detail.archivedAt !== null}
        />
        <VersionTable
          versions={detail.versions.map((one) => ({
            ...one,
            href: `/charging/tariffs/${one.id}`,
            isShown: one.id === detail.id,
          }))}
          timeZone={timeZone}
          now={ctx.now.toISOString()}
        />
      </div>
    </Page>
  );
}

function factsOf({ utility, kind, source, effectiveOn, tariff }: TariffDetail): string {
  const since = effectiveOn ? `in effect since ${formatDate(`${effectiveOn}T00:00:00Z`, { timeZone: "UTC" })}` : "";
  const facts = [utility, kind.toLowerCase(), since].filter(Boolean).join(" · ");
  return [`${facts}.`, tariff.description, source ? `Source: ${source}.` : ""].filter(Boolean).join(" ");
}
