const WORDS: Record<string, string> = {
  "account.password_changed": "changed the password",
  "account.renamed": "changed the name",
  "api_key.created": "created an API key",
  "api_key.revoked": "revoked an API key",
  "api_key.rotated": "rotated an API key",
  "app.changed": "changed an app",
  "app.created": "registered an app",
  "app.removed": "removed an app",
  "app.started": "started an app",
  "app_trigger.changed": "switched a schedule or webhook of an app",
  "app_trigger.created": "added a schedule or webhook to an app",
  "app_trigger.removed": "removed a schedule or webhook of an app",
  "charging_table.imported": "imported a charging table",
  "charging_table.saved": "saved a charging table",
  "fault.reviewed": "reviewed a fault",
  "invitation.created": "invited somebody",
  "invitation.withdrawn": "withdrew an invitation",
  "member.joined": "joined",
  "member.removed": "removed a member",
  "member.reset_link_created": "made a reset link",
  "member.role_changed": "changed a role",
  "runner_quotas.changed": "changed the quotas of the apps",
  "run.cancelled": "cancelled a run",
  "run.created": "started a run",
  "session.others_revoked": "ended all other sessions",
  "session.revoked": "ended a session",
  "session.started": "signed in",
  "session.workspace_entered": "entered the workspace",
  "sensor.claimed": "claimed a sensor",
  "upload.cancelled": "cancelled an upload",
  "upload.completed": "completed an upload",
  "upload.created": "announced an upload",
  "tariff.archived": "archived a tariff or brought it back",
  "tariff.imported": "imported a tariff",
  "tariff.saved": "saved a tariff",
  "workspace.changed": "changed the workspace",
  "workspace.created": "created a workspace",
};

/** An action of the audit log as a verb: "started a run"; one without words here as its own name. */
export function auditWords(action: string): string {
  return WORDS[action] ?? action.replaceAll(/[._]/g, " ");
}

const TARGETS: readonly [RegExp, string][] = [
  [/^\/api\/v1\/(runs|uploads|datasets|sensors)\/([0-9a-f-]{36})/, "/$1/$2"],
];

/** The page of what was acted on; null when it has none. */
export function auditTargetHref(target: string | null): string | null {
  for (const [pattern, path] of TARGETS) {
    const match = target === null ? null : pattern.exec(target);
    if (match) return match[0].replace(pattern, path);
  }
  return null;
}
