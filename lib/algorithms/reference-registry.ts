import type { Ctx } from "#lib/auth/context";
import type { Permission } from "#lib/auth/permissions";

/** Something an input may name. */
export interface InputChoice {
  value: string;
  label: string;
  at: string;
}

interface Reference {
  /** Who may not do this sees none of them. */
  permission: Permission;
  /** The newest first. */
  list: (ctx: Ctx) => Promise<InputChoice[]>;
}

/** What inputs of runs name and only a domain knows: its own rows. */
const REFERENCES = {
  tariff: async (): Promise<Reference> => {
    const { listTariffChoices } = await import("#lib/charging/tariffs/service/list-tariffs");
    return { permission: "charging:read", list: listTariffChoices };
  },
} as const;

export async function getReference(to: string): Promise<Reference | null> {
  return Object.hasOwn(REFERENCES, to) ? REFERENCES[to as keyof typeof REFERENCES]() : null;
}
