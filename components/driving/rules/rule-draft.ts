import type { z } from "zod";
import type { Rule, RuleInput, ruleInput } from "#lib/driving/rules/schema";

/** A rule as its form holds it: numbers are what was typed. */
export interface RuleDraft {
  name: string;
  source: RuleInput["source"];
  limitKmh: string;
  percentOver: string;
  minDurationS: string;
  severity: RuleInput["severity"];
  quietFrom: string;
  quietTo: string;
  geofenceIds: string[];
  inbox: boolean;
  email: boolean;
  memberIds: string[];
  /** One address a line. */
  webhooks: string;
  isEnabled: boolean;
}

export function draftOf(rule: Rule | null): RuleDraft {
  return {
    name: rule?.name ?? "",
    source: rule?.source ?? "speed",
    limitKmh: rule ? (rule.limitKmh?.toString() ?? "") : "90",
    percentOver: String(rule?.percentOver ?? 0),
    minDurationS: String(rule?.minDurationS ?? 0),
    severity: rule?.severity ?? "warning",
    quietFrom: rule?.quietHours?.from ?? "",
    quietTo: rule?.quietHours?.to ?? "",
    geofenceIds: rule?.geofenceIds ?? [],
    inbox: rule?.delivery.inbox ?? false,
    email: rule?.delivery.email ?? false,
    memberIds: rule?.delivery.memberIds ?? [],
    webhooks: rule?.delivery.webhookUrls.join("\n") ?? "",
    isEnabled: rule?.isEnabled ?? true,
  };
}

/** What is sent; the schema of the API judges it. */
export function inputOf(draft: RuleDraft): z.input<typeof ruleInput> {
  const { name, source, severity, quietFrom, quietTo, geofenceIds, inbox, email, memberIds, isEnabled } = draft;
  const isOwn = source === "speed";
  return {
    ...{ name, source, severity, geofenceIds, isEnabled },
    limitKmh: isOwn && draft.limitKmh.trim() !== "" ? Number(draft.limitKmh) : null,
    percentOver: isOwn ? Number(draft.percentOver) : 0,
    minDurationS: Number(draft.minDurationS),
    quietHours: quietFrom === "" && quietTo === "" ? null : { from: quietFrom, to: quietTo },
    delivery: {
      ...{ inbox, email, memberIds: inbox || email ? memberIds : [] },
      webhookUrls: draft.webhooks.split(/\s+/).filter((url) => url !== ""),
    },
  };
}

/** The sentence for each refused member, by its pointer. */
export function faultsOf(error: z.ZodError): Map<string, string> {
  return new Map(error.issues.toReversed().map((issue) => [`/${issue.path.join("/")}`, sayFault(issue)]));
}

function sayFault(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_type" && issue.expected === "number" ? "Enter a number" : issue.message;
}
