import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";

export interface DuckDbOptions {
  /** File of the database; absent for one in memory. */
  path?: string;
  memoryLimitMb?: number;
  threads?: number;
}

export interface OpenDuckDb {
  connection: DuckDBConnection;
  /** Allows so much more memory from now on. */
  raiseMemoryLimit(byMb: number): Promise<void>;
  close(): void;
}

/** Opens DuckDB with a memory limit and no way to the network. */
export async function openDuckDb({
  path = ":memory:",
  memoryLimitMb = 256,
  threads = 2,
}: DuckDbOptions = {}): Promise<OpenDuckDb> {
  const instance = await DuckDBInstance.create(path, {
    memory_limit: `${memoryLimitMb}MB`,
    threads: String(threads),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  let limitMb = memoryLimitMb;
  return {
    connection,
    raiseMemoryLimit: async (byMb) => {
      limitMb += byMb;
      await connection.run(`set memory_limit = '${limitMb}MB'`);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
