import type { Option } from "#components/ui/select-field";
import { ROLES, type Role } from "#lib/auth/permissions";

const WORDS: Record<Role, string> = { owner: "Owner", editor: "Editor", uploader: "Uploader", viewer: "Viewer" };

export const ROLE_OPTIONS: readonly Option[] = ROLES.map((role) => ({ value: role, label: WORDS[role] }));

export function roleWord(role: Role): string {
  return WORDS[role];
}
