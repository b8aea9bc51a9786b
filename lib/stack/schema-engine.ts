import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import type { SchemaContainer, SchemaEngine } from "@prisma/schema-engine-wasm";
import { AppError, messageOf } from "#lib/errors";
import { repositoryRoot } from "./repository-root.ts";

export interface SchemaDiff {
  /** A database that holds exactly what the migrations make. */
  databaseUrl: string;
  /** All files of the Prisma schema folder. */
  schema: SchemaContainer[];
  /** Tables that exist in the database on purpose without a Prisma model, such as "public.observations". */
  externalTables: string[];
}

/** OID of PostgreSQL's internal "char" type, which adapter-pg 7.10 does not know, and of bpchar, which reads alike. */
const OID_CHAR = 18;
const OID_BPCHAR = 1042;

/**
 * The SQL that turns the database into what the schema says; "" when they agree. Prisma's own schema engine does the
 * work, as WebAssembly from npm: its native build is a download that many networks refuse.
 */
export async function diffToSchema({ databaseUrl, schema, externalTables }: SchemaDiff): Promise<string> {
  // The module keeps views of its one memory, so a second instance in the same process would corrupt both.
  const Engine = await (loaded ??= loadEngine());
  const datamodels = schema.map((file): [string, string] => [file.path, file.content]);
  const engine = await Engine.new(
    { datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter(databaseUrl)),
  );
  try {
    const outcome = await engine.diff({
      from: { tag: "schemaDatasource", files: schema, configDir: repositoryRoot },
      to: { tag: "schemaDatamodel", files: schema },
      script: true,
      exitCode: true,
      filters: { externalTables, externalEnums: [] },
    });
    return outcome.exitCode === 0 ? "" : (outcome.stdout ?? "").trim();
  } catch (error) {
    throw new AppError("unavailable", `The Prisma schema cannot be compared: ${messageOf(error)}`, { cause: error });
  } finally {
    engine.free();
  }
}

function adapter(databaseUrl: string): PrismaPg {
  const factory = new PrismaPg({ connectionString: databaseUrl });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => readCharColumns(await connect());
  return factory;
}

interface RawResult {
  fields: { dataTypeID: number }[];
}

/**
 * Adapter-pg 7.10 refuses columns of the internal "char" type, which the engine's catalogue queries have. They are
 * relabelled as bpchar before the adapter looks and as single characters in what it hands on.
 */
function readCharColumns<T extends SqlDriverAdapter>(connection: T): T {
  const inner: unknown = Reflect.get(connection, "performIO");
  if (typeof inner !== "function") throw new Error("@prisma/adapter-pg has changed: it has no performIO any more.");
  let charColumns: number[] = [];
  Reflect.set(connection, "performIO", async (query: unknown): Promise<unknown> => {
    const result: unknown = await Reflect.apply(inner, connection, [query]);
    charColumns = hasFields(result) ? relabel(result) : [];
    return result;
  });
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  return connection;
}

function relabel(result: RawResult): number[] {
  return result.fields.flatMap((field, column) => {
    if (field.dataTypeID !== OID_CHAR) return [];
    field.dataTypeID = OID_BPCHAR;
    return [column];
  });
}

function hasFields(value: unknown): value is RawResult {
  return typeof value === "object" && value !== null && "fields" in value && Array.isArray(value.fields);
}

let loaded: Promise<typeof SchemaEngine> | undefined;

interface EngineModule {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
}

/** The package's own loader expects a bundler that imports .wasm files; this does by hand what that would do. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const folder = dirname(createRequire(join(repositoryRoot, "package.json")).resolve("@prisma/schema-engine-wasm"));
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => process.stderr.write(text) },
  });
  const glue: unknown = await import(pathToFileURL(join(folder, "schema_engine_bg.js")).href);
  if (!isEngineModule(glue)) throw new Error("@prisma/schema-engine-wasm has changed: it has no SchemaEngine.");
  const bytes = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": Object.fromEntries(importable(glue)),
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") Reflect.apply(start, undefined, []);
  return glue.SchemaEngine;
}

function isEngineModule(value: unknown): value is EngineModule {
  return typeof value === "object" && value !== null && "SchemaEngine" in value && "__wbg_set_wasm" in value;
}

function* importable(glue: EngineModule): Generator<[string, WebAssembly.ImportValue]> {
  for (const [name, value] of Object.entries(glue)) if (typeof value === "function") yield [name, value];
}
