"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import type { ApiKeyView } from "#lib/auth/schema";
import { ApiKeyTable } from "./api-key-table.tsx";
import { NewKeyForm } from "./new-key-form.tsx";
import { SecretNote } from "./secret-note.tsx";

interface ApiKeysBoardProps {
  keys: readonly ApiKeyView[];
  timeZone: string;
  nowMs: number;
}

interface Shown {
  key: string;
  name: string;
  verb: "created" | "rotated";
}

/** The keys of a workspace, a new one, and the secret that is shown once. */
export function ApiKeysBoard({ keys, timeZone, nowMs }: ApiKeysBoardProps) {
  const router = useRouter();
  const [isMaking, setIsMaking] = useState(false);
  const [shown, setShown] = useState<Shown>();
  const now = new Date(nowMs);
  const show = (secret: Shown) => {
    setShown(secret);
    setIsMaking(false);
    router.refresh();
  };
  return (
    <>
      <PageHead
        title="API keys"
        actions={
          <Button variant="primary" icon={Plus} onClick={() => setIsMaking(true)} aria-expanded={isMaking}>
            New key
          </Button>
        }
      >
        Machines use keys, people sign in. A key belongs to this workspace and can do only what its scopes say.
      </PageHead>
      {shown ? (
        <SecretNote
          title={`Key “${shown.name}” ${shown.verb}`}
          secret={shown.key}
          what="key"
          onDone={() => setShown(undefined)}
        >
          Send it as <code>Authorization: Bearer {shown.key.slice(0, 12)}…</code>
        </SecretNote>
      ) : null}
      {keys.length > 0 ? (
        <ApiKeyTable keys={keys} timeZone={timeZone} now={now} onRotated={show} onRevoked={() => router.refresh()} />
      ) : isMaking ? null : (
        <EmptyState title="No keys yet">A gateway, a script or a notebook needs one to send or fetch data.</EmptyState>
      )}
      {isMaking ? (
        <NewKeyForm now={now} timeZone={timeZone} onCreated={show} onCancel={() => setIsMaking(false)} />
      ) : null}
    </>
  );
}
