import { z } from "zod";

/** What may be done. The same words are the scopes of API keys. */
export const PERMISSIONS = [
  "uploads:create",
  "uploads:read",
  "datasets:read",
  "datasets:write",
  "runs:create",
  "runs:read",
  "pipelines:read",
  "pipelines:write",
  "charging:read",
  "charging:write",
  "runner:read",
  "runner:write",
  "sensors:read",
  "sensors:write",
  "observations:write",
  "driving:read",
  "driving:write",
  "records:write",
  "workspace:read",
  "workspace:manage",
  "members:read",
  "members:manage",
  "keys:manage",
  "audit:read",
  "health:read",
  "notifications:read",
] as const;

export const permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permission>;

export const ROLES = ["owner", "editor", "uploader", "viewer"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

const viewer: Permission[] = [
  "uploads:read",
  "datasets:read",
  "runs:read",
  "pipelines:read",
  "charging:read",
  "runner:read",
  "sensors:read",
  "driving:read",
  "workspace:read",
  "members:read",
  "health:read",
  "notifications:read",
];
const uploader: Permission[] = [...viewer, "uploads:create", "observations:write", "records:write"];
const editor: Permission[] = [
  ...uploader,
  "datasets:write",
  "runs:create",
  "pipelines:write",
  "charging:write",
  "runner:write",
  "sensors:write",
  "driving:write",
];

export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  uploader,
  editor,
  owner: PERMISSIONS,
};

/** Scopes an API key may carry: people manage people and keys, machines do not. */
export const API_KEY_SCOPES = [
  "uploads:create",
  "uploads:read",
  "datasets:read",
  "datasets:write",
  "runs:create",
  "runs:read",
  "pipelines:read",
  "pipelines:write",
  "charging:read",
  "charging:write",
  "runner:read",
  "runner:write",
  "sensors:read",
  "sensors:write",
  "observations:write",
  "driving:read",
  "driving:write",
  "records:write",
  "health:read",
] as const satisfies readonly Permission[];
export const apiKeyScope = z.enum(API_KEY_SCOPES);
export type ApiKeyScope = z.infer<typeof apiKeyScope>;
