"use client";

import { useId, useState } from "react";
import { useSubmit } from "#components/auth/use-submit";
import { FieldError } from "#components/ui/field";
import { ROLES } from "#lib/auth/permissions";
import { apiFetch } from "#lib/http/client";
import type { MemberView } from "#lib/workspaces/schema";
import { roleWord } from "./roles.tsx";

/** Changes a role at once; a refusal (the last owner) puts the old one back and says why. */
export function RolePicker({ member, onChanged }: { member: MemberView; onChanged: () => void }) {
  const { pending, run, formError } = useSubmit();
  const [chosen, setChosen] = useState<string>(member.role);
  const errorId = useId();
  const error = formError();
  const change = async (role: string) => {
    setChosen(role);
    const path = `/api/v1/members/${member.userId}`;
    const isDone = await run(() => apiFetch(path, { method: "PATCH", body: { role } }));
    if (isDone) onChanged();
    else setChosen(member.role);
  };
  return (
    <span className="block py-1">
      <select
        aria-label={`Role of ${member.name}`}
        aria-describedby={error === undefined ? undefined : errorId}
        aria-invalid={error === undefined ? undefined : true}
        value={chosen}
        disabled={pending}
        onChange={(event) => void change(event.target.value)}
        className="h-(--control-sm) rounded-md border border-control bg-raised px-2 text-sm max-sm:h-11 max-sm:text-lg"
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {roleWord(role)}
          </option>
        ))}
      </select>
      {error === undefined ? null : <FieldError id={errorId}>{error}</FieldError>}
    </span>
  );
}
