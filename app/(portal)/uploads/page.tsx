import type { Metadata } from "next";
import { Page } from "#components/shell/page";
import { AddFilesButton, RefreshStorageButton, UploadsBoard } from "#components/uploads/uploads-board";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { listBundleKinds, listDatasetKinds } from "#lib/datasets/registry";
import { env } from "#lib/env";
import { listUploads } from "#lib/uploads/store";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Uploads" };

export default async function UploadsPage() {
  const ctx = await pageContext();
  const [uploads, kinds, bundles, workspace] = await Promise.all([
    listUploads(ctx, { limit: 50 }),
    listDatasetKinds(),
    listBundleKinds(),
    findWorkspace(ctx),
  ]);
  const canUpload = can(ctx, "uploads:create");
  return (
    <Page
      crumbs={[{ label: workspace.name, href: "/" }, { label: "Uploads" }]}
      actions={
        canUpload ? (
          <>
            <RefreshStorageButton />
            <AddFilesButton />
          </>
        ) : undefined
      }
    >
      <UploadsBoard
        fallbackData={uploads}
        kindLabels={Object.fromEntries([...kinds, ...bundles].map((kind) => [kind.kind, kind.label]))}
        maxSizeBytes={env().FIELDPORT_UPLOAD_MAX_BYTES}
        nowMs={ctx.now.getTime()}
        canUpload={canUpload}
      />
    </Page>
  );
}
