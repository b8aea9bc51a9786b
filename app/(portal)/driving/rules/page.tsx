import type { Metadata } from "next";
import { DrivingViews } from "#components/driving/driving-views";
import { RulesBoard } from "#components/driving/rules/rules-board";
import { Page } from "#components/shell/page";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { readRulesPage } from "#lib/driving/rules/service/read-rules-page";
import { countOf } from "#lib/format/lists";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage() {
  const ctx = await pageContext();
  const page = await readRulesPage(ctx);
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Rules" }]}
      views={<DrivingViews current="/driving/rules" />}
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead title={page.rules.length === 0 ? "Rules" : countOf(page.rules.length, "rule")}>
          What the workspace itself calls too fast, beside what the devices say.
        </PageHead>
        <RulesBoard {...page} mayEdit={can(ctx, "driving:write")} />
      </div>
    </Page>
  );
}
