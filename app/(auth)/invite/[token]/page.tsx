import type { Metadata } from "next";
import { AcceptInvitationForm, JoinButton } from "#components/auth/accept-invitation";
import { SignOutButton } from "#components/auth/sign-out-button";
import { AuthHead } from "#components/shell/auth-layout";
import { Button } from "#components/ui/button";
import { Note } from "#components/ui/note";
import { findPageSession } from "#lib/auth/page-context";
import { linkToken } from "#lib/auth/schema";
import { findOpenInvitation } from "#lib/workspaces/invitation-store";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const isToken = linkToken.safeParse(token).success;
  const [invitation, session] = await Promise.all([
    isToken ? findOpenInvitation(token, new Date()) : null,
    findPageSession(),
  ]);
  if (!invitation) return <ClosedInvitation />;
  const { workspaceName, email, role } = invitation;
  return (
    <>
      <AuthHead title={`Join ${workspaceName}`}>
        You are invited as {role === "viewer" || role === "uploader" ? "a" : "an"} {role}.
      </AuthHead>
      {session === null ? (
        <AcceptInvitationForm token={token} email={email} />
      ) : session.email === email ? (
        <JoinButton token={token} workspaceName={workspaceName} />
      ) : (
        <div className="flex flex-col gap-4">
          <Note state="suspect" title="You are signed in as somebody else">
            This invitation is for {email}; you are signed in as {session.email}.
          </Note>
          <SignOutButton to={`/invite/${token}`}>Sign out and accept</SignOutButton>
          <Button href="/" variant="ghost" size="lg" block>
            Stay signed in
          </Button>
        </div>
      )}
    </>
  );
}

function ClosedInvitation() {
  return (
    <>
      <AuthHead title="This invitation is closed">
        It was used, withdrawn, or its seven days are over. Ask the owner of the workspace for a new one.
      </AuthHead>
      <Button href="/sign-in" size="lg" block>
        Sign in
      </Button>
    </>
  );
}
