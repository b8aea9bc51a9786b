import type { Metadata } from "next";
import { AppForm } from "#components/runner/app-form";
import { Page } from "#components/shell/page";
import { ErrorState } from "#components/ui/error-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";

export const metadata: Metadata = { title: "New app" };

export default async function NewAppPage() {
  const ctx = await pageContext();
  return (
    <Page crumbs={[{ label: "Apps", href: "/runner" }, { label: "New app" }]}>
      <div className="gutter-x max-w-[680px] pt-[22px] pb-10">
        <PageHead title="New app">A Python program that reads one zip and writes another.</PageHead>
        {can(ctx, "runner:write") ? (
          <AppForm />
        ) : (
          <ErrorState title="You can view apps, not add them">
            Editors can. Ask an owner of this workspace to change your role.
          </ErrorState>
        )}
      </div>
    </Page>
  );
}
