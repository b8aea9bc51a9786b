import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "./generated/client.ts";
import { pool } from "./pool.ts";

export type Tx = Prisma.TransactionClient;

const holder = globalThis as typeof globalThis & { fieldportPrisma?: PrismaClient };

function prisma(): PrismaClient {
  holder.fieldportPrisma ??= new PrismaClient({
    adapter: new PrismaPg(pool()),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
  return holder.fieldportPrisma;
}

interface OpenTransaction {
  workspaceId: string | null;
  tx: Tx;
}
const open = new AsyncLocalStorage<OpenTransaction>();

/** The role that row-level security binds; it is neither superuser nor owner of the tables. */
export const APP_ROLE = "fieldport_app";

/**
 * Runs `fn` in a transaction that PostgreSQL itself limits to one workspace: the role changes to one that
 * row-level security binds and the workspace is set for this transaction only. A nested call with the same
 * workspace joins the open transaction, so that a service can make several store calls atomic.
 */
export function inWorkspace<T>(scope: { workspaceId: string }, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const current = open.getStore();
  if (current?.workspaceId === scope.workspaceId) return fn(current.tx);
  return prisma().$transaction(async (tx) => {
    await tx.$queryRaw`select set_config('role', ${APP_ROLE}, true), set_config('app.workspace_id', ${scope.workspaceId}, true)`;
    return open.run({ workspaceId: scope.workspaceId, tx }, () => fn(tx));
  });
}

/**
 * Runs `fn` across workspaces, outside row-level security. Only for what has no workspace yet (sign-in, key
 * lookup) or spans all (sweeps, worker leases). Never with ids a caller supplied without a workspace filter.
 */
export function asSystem<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  const current = open.getStore();
  if (current?.workspaceId === null) return fn(current.tx);
  return prisma().$transaction((tx) => open.run({ workspaceId: null, tx }, () => fn(tx)));
}

/** A single cross-workspace statement without a transaction's round trips. */
export function systemDb(): PrismaClient {
  return prisma();
}

export async function closeDb(): Promise<void> {
  await holder.fieldportPrisma?.$disconnect();
  delete holder.fieldportPrisma;
}
