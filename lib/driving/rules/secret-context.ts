/** What the secret that signs a rule's webhooks belongs to: moved to another rule it does not open. */
export function ruleSecretContext({ workspaceId }: { workspaceId: string }, ruleId: string): string {
  return `driving-rule:${workspaceId}:${ruleId}`;
}
