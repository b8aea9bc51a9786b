import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutButton } from "#components/auth/sign-out-button";
import { AuthHead, AuthLayout } from "#components/shell/auth-layout";
import { findPageSession } from "#lib/auth/page-context";

export const metadata: Metadata = { title: "No workspace" };

export default async function NoWorkspacePage() {
  const session = await findPageSession();
  if (!session) redirect("/sign-in");
  if (session.workspaceId) redirect("/");
  return (
    <AuthLayout>
      <AuthHead title="No workspace yet">
        You are signed in as {session.email} and belong to no workspace. Ask the owner of one for an invitation to this
        address, and open its link here.
      </AuthHead>
      <SignOutButton to="/sign-in">Sign out</SignOutButton>
    </AuthLayout>
  );
}
