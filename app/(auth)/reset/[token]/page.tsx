import type { Metadata } from "next";
import { ResetForm } from "#components/auth/reset-form";
import { AuthHead } from "#components/shell/auth-layout";
import { Button } from "#components/ui/button";
import { isResetOpen } from "#lib/auth/reset-store";
import { linkToken } from "#lib/auth/schema";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const isOpen = linkToken.safeParse(token).success && (await isResetOpen(token, new Date()));
  if (!isOpen) {
    return (
      <>
        <AuthHead title="This link is closed">It was used, or its time is over. A link works once.</AuthHead>
        <Button href="/forgot" variant="primary" size="lg" block>
          Ask for a new link
        </Button>
      </>
    );
  }
  return (
    <>
      <AuthHead title="New password" />
      <ResetForm token={token} />
    </>
  );
}
