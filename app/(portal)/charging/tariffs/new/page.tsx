import type { Metadata } from "next";
import { TariffEditor } from "#components/charging/tariffs/tariff-editor";
import { Page } from "#components/shell/page";
import { ErrorState } from "#components/ui/error-state";
import { PageHead } from "#components/ui/page-head";
import { can, type Ctx } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { tariffDetail } from "#lib/charging/tariffs/api-schema";
import type { Tariff } from "#lib/charging/tariffs/schema";
import { getTariff } from "#lib/charging/tariffs/service/get-tariff";
import { foundOr404 } from "#lib/http/found-or-404";
import { tariffParams } from "#lib/http/params";

export const metadata: Metadata = { title: "New tariff" };

interface PageProps {
  /** The tariff that is copied. */
  searchParams: Promise<{ from?: string | string[] }>;
}

async function copyOf(ctx: Ctx, from: string): Promise<Tariff> {
  const found = await foundOr404(tariffParams, { tariffId: from }, () => getTariff(ctx, from));
  const { tariff } = tariffDetail.parse(found);
  return { ...tariff, name: `${tariff.name}, copy`.slice(0, 120) };
}

export default async function NewTariffPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const { from } = await searchParams;
  const tariff = typeof from === "string" ? await copyOf(ctx, from) : null;
  return (
    <Page
      crumbs={[
        { label: "Charging", href: "/charging" },
        { label: "Tariffs", href: "/charging/tariffs" },
        { label: "New tariff" },
      ]}
    >
      <div className="pt-[22px]">
        <div className="gutter-x">
          <PageHead title="New tariff">Begins with one price for every hour; add periods until it is right.</PageHead>
        </div>
        {can(ctx, "charging:write") ? (
          <TariffEditor tariffId={null} tariff={tariff} isReadOnly={false} />
        ) : (
          <div className="gutter-x">
            <ErrorState title="You can view tariffs, not add them">
              Editors can. Ask an owner of this workspace to change your role.
            </ErrorState>
          </div>
        )}
      </div>
    </Page>
  );
}
