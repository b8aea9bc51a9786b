"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SecretNote } from "#components/settings/secret-note";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/dialog";
import { StateBadge } from "#components/ui/state-badge";
import { ruleWords } from "#lib/driving/rules/core/rule-words";
import { ruleSecret, type Rule } from "#lib/driving/rules/schema";
import { countOf } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";

interface RuleItemProps {
  rule: Rule;
  geofenceNames: readonly string[];
  mayEdit: boolean;
  onEdit: () => void;
  children?: React.ReactNode;
}

const SEVERITY_STATE = { notice: "info", warning: "suspect", critical: "fault" } as const;

/** One rule in words; below it, what could not be delivered. */
export function RuleItem({ rule, geofenceNames, mayEdit, onEdit, children }: RuleItemProps) {
  const { name, severity, isEnabled, quietHours, alertCount7d, waitingCount } = rule;
  return (
    <li aria-label={name} className="border-b border-line py-3.5 last:border-b-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="text-base">{name}</h2>
            <StateBadge state={SEVERITY_STATE[severity]}>{severity}</StateBadge>
            {isEnabled ? null : <StateBadge state="paused">off</StateBadge>}
          </div>
          <p className="mt-0.5 text-sm">{ruleWords(rule, geofenceNames)}</p>
          <p className="mt-0.5 text-xs break-words text-muted">
            {channelWords(rule)}
            {quietHours ? ` · quiet ${quietHours.from} to ${quietHours.to}` : ""} · {countOf(alertCount7d, "alert")} in
            7 days{waitingCount > 0 ? ` · ${waitingCount} waiting` : ""}
          </p>
        </div>
        {mayEdit ? <RuleActions rule={rule} onEdit={onEdit} /> : null}
      </div>
      {children}
    </li>
  );
}

function channelWords({ delivery: { inbox, email, memberIds, webhookUrls } }: Rule): string {
  const people = `${[inbox && "inbox", email && "e-mail"].filter(Boolean).join(" and ")} of ${countOf(memberIds.length, "member")}`;
  const parts = [...(inbox || email ? [people] : []), ...webhookUrls];
  return parts.length === 0 ? "Shown on the live page only" : `Told to ${parts.join(", ")}`;
}

function RuleActions({ rule: { id, name, delivery }, onEdit }: { rule: Rule; onEdit: () => void }) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const path = `/api/v1/driving/rules/${id}`;
  const renew = async () => {
    setSecret((await apiFetch(`${path}/secret`, { method: "POST", response: ruleSecret })).secret);
  };
  const remove = async () => {
    await apiFetch(path, { method: "DELETE" });
    router.refresh();
  };
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={onEdit}>
          Edit
        </Button>
        {delivery.webhookUrls.length === 0 ? null : (
          <ConfirmDialog
            title={`New webhook secret for “${name}”?`}
            description="It is shown once. Receivers that check with the one before refuse from then on."
            confirmLabel="Make new secret"
            cancelLabel="Keep secret"
            onConfirm={renew}
            trigger={<Button size="sm">New secret</Button>}
          />
        )}
        <ConfirmDialog
          title={`Delete “${name}”?`}
          description="It judges no record any more, and what waits to be delivered is given up. Its alerts stay."
          confirmLabel="Delete rule"
          cancelLabel="Keep rule"
          danger
          onConfirm={remove}
          trigger={
            <Button size="sm" variant="danger">
              Delete
            </Button>
          }
        />
      </div>
      {secret === null ? null : (
        <div className="basis-full">
          <SecretNote title="Webhook secret made" secret={secret} what="secret" onDone={() => setSecret(null)}>
            Requests carry <code className="font-mono">Fieldport-Signature: t=…,v1=…</code>, the hex HMAC-SHA256 of
            “t.body” under this secret.
          </SecretNote>
        </div>
      )}
    </>
  );
}
