"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { PageHead } from "#components/ui/page-head";
import { SectionHead } from "#components/ui/section";
import type { InvitationView, MemberView } from "#lib/workspaces/schema";
import { InvitationTable } from "./invitation-table.tsx";
import { InviteForm, type MadeInvitation } from "./invite-form.tsx";
import { MemberTable } from "./member-table.tsx";
import { SecretNote } from "./secret-note.tsx";

interface MembersBoardProps {
  members: readonly MemberView[];
  /** Null for people who may not invite. */
  invitations: readonly InvitationView[] | null;
  myUserId: string;
  timeZone: string;
  nowMs: number;
}

type Shown = { kind: "invitation"; made: MadeInvitation } | { kind: "reset"; url: string; name: string };

const MAIL_WORDS = {
  sent: "A letter with the link is on its way as well.",
  failed: "The mail server did not take the letter, so hand the link over yourself.",
  off: "This portal sends no mail, so hand the link over yourself.",
} as const;

/** Who belongs here, who is invited, and the links that are shown once. */
export function MembersBoard({ members, invitations, myUserId, timeZone, nowMs }: MembersBoardProps) {
  const router = useRouter();
  const [isInviting, setIsInviting] = useState(false);
  const [shown, setShown] = useState<Shown>();
  const now = new Date(nowMs);
  const refresh = () => router.refresh();
  const showInvitation = (made: MadeInvitation) => {
    setShown({ kind: "invitation", made });
    setIsInviting(false);
    refresh();
  };
  const isOwner = invitations !== null;
  const invite = (
    <Button variant="primary" icon={UserPlus} onClick={() => setIsInviting(true)} aria-expanded={isInviting}>
      Invite
    </Button>
  );
  return (
    <>
      <PageHead title="Members" actions={isOwner ? invite : undefined}>
        Viewers look, uploaders add files, editors run and change, owners manage people and keys.
      </PageHead>
      {shown ? <ShownLink shown={shown} onDone={() => setShown(undefined)} /> : null}
      {isInviting ? <InviteForm onMade={showInvitation} onCancel={() => setIsInviting(false)} /> : null}
      <MemberTable
        members={members}
        myUserId={myUserId}
        canManage={isOwner}
        timeZone={timeZone}
        now={now}
        onChanged={refresh}
        onResetLink={(link) => setShown({ kind: "reset", ...link })}
      />
      {invitations && invitations.length > 0 ? (
        <section className="mt-8">
          <SectionHead title="Open invitations" caption="a link works once, for seven days" />
          <InvitationTable
            invitations={invitations}
            timeZone={timeZone}
            now={now}
            onChanged={refresh}
            onMade={showInvitation}
          />
        </section>
      ) : null}
    </>
  );
}

function ShownLink({ shown, onDone }: { shown: Shown; onDone: () => void }) {
  if (shown.kind === "reset") {
    return (
      <SecretNote title={`Reset link for ${shown.name}`} secret={shown.url} what="link" onDone={onDone}>
        Hand it over in a safe way: whoever opens it sets the password. It works once, for 24 hours.
      </SecretNote>
    );
  }
  return (
    <SecretNote title={`Invitation for ${shown.made.email}`} secret={shown.made.url} what="link" onDone={onDone}>
      {MAIL_WORDS[shown.made.mail]}
    </SecretNote>
  );
}
