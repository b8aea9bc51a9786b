import { z } from "zod";
import { apiKeyScope, permission, role } from "./permissions.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 500;

export const email = z
  .email("This is not an e-mail address.")
  .max(320)
  .transform((address) => address.toLowerCase());
export const personName = z.string().trim().min(1, "A name is needed.").max(120, "At most 120 characters.");
/** A password being chosen; one being checked may be anything. */
export const newPassword = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `At least ${PASSWORD_LENGTH_MIN} characters.`)
  .max(PASSWORD_LENGTH_MAX, `At most ${PASSWORD_LENGTH_MAX} characters.`);
const givenPassword = z.string().min(1, "The password is needed.").max(PASSWORD_LENGTH_MAX);
export const linkToken = z.string().regex(/^[A-Za-z0-9_-]{20,200}$/);

export const mySession = z.object({
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string(), hasPassword: z.boolean() }),
  /** The workspace the person is looking at; null for a person in none. */
  workspaceId: z.uuid().nullable(),
  role: role.nullable(),
  permissions: z.array(permission),
  workspaces: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string(), role })),
});
export type MySession = z.output<typeof mySession>;

export const switchWorkspaceInput = z.object({ workspaceId: z.uuid() });

export const sessionView = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  isCurrent: z.boolean(),
});
export type SessionView = z.output<typeof sessionView>;
export const revokedCount = z.object({ revoked: z.number().int() });

export const renameInput = z.object({ name: personName });
export const changePasswordInput = z.object({ currentPassword: givenPassword, newPassword });

export const requestResetInput = z.object({ email });
export const resetPasswordInput = z.object({ token: linkToken, password: newPassword });
/** Shown once; only a hash is stored. */
export const secretLink = z.object({ url: z.url(), expiresAt: instant });

/** What the sign-in page shows besides the form. */
export const signInOptions = z.object({
  oidc: z.object({ name: z.string() }).nullable(),
  isMailOn: z.boolean(),
});

export const API_KEY_DAYS_MAX = 365;

export const apiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** First characters, to recognise the key by. */
  prefix: z.string(),
  scopes: z.array(apiKeyScope),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ApiKeyView = z.output<typeof apiKeyView>;

export const createApiKeyInput = z.object({
  name: z.string().trim().min(1, "A name is needed.").max(80, "At most 80 characters."),
  scopes: z
    .array(apiKeyScope)
    .min(1, "Choose at least one scope.")
    .max(50)
    .transform((scopes) => [...new Set(scopes)]),
  /** Absent or null: never. */
  expiresInDays: z
    .number("A whole number of days.")
    .int("A whole number of days.")
    .min(1, `1 to ${API_KEY_DAYS_MAX} days.`)
    .max(API_KEY_DAYS_MAX, `1 to ${API_KEY_DAYS_MAX} days.`)
    .nullish(),
});
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

/** `key` is shown once; only its sha256 is stored. */
export const createdApiKey = apiKeyView.extend({ key: z.string() });
export const apiKeyParams = z.object({ keyId: z.uuid() });
