import { readFileSync } from "node:fs";
import { startChaosStack } from "#lib/testing/chaos/chaos-stack";
import { systemContext } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { systemDb, closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { ensureWorkspace } from "#lib/workspaces/store";
import { newId } from "#lib/ids";
import { openReadingsSink } from "#lib/sensors/load/readings-sink";
import { READING_COLUMNS } from "#lib/sensors/cleaning/reading-columns";
const ROWS = Number(process.argv[2] ?? 525600), SENSORS = Number(process.argv[3] ?? 1);
const stack = await startChaosStack();
const { id } = await ensureWorkspace({ slug:"p", name: "p", description: "", timeZone: "UTC", quotaBytes: 1e12 });
const ctx = systemContext(id, "bench", new Date());
const cpu = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" "); return (Number(f[11]) + Number(f[12])) / 100; };
async function load(tag: string) {
  await inWorkspaceSql(ctx, async (client) => {
    const { rows: [r] } = await client.query("select pg_backend_pid() as pid");
    const pid = r.pid; const original = client.query.bind(client) as any;
    (client as any).query = async (...args: any[]) => { const out0 = args[0]; if (typeof out0 !== "string") return original(...args); const t = Date.now(), c = cpu(pid); const out = await original(...args); const dc = cpu(pid) - c; if (Date.now() - t > 50) console.log(tag, `${((Date.now() - t) / 1000).toFixed(2)} s wall ${dc.toFixed(2)} s cpu`, out0.replace(/\s+/g, " ").slice(0, 110)); return out; };
    const keep = (client as any).query;
    (client as any).query = (...args: any[]) => typeof args[0] === "string" ? keep(...args) : original(...args);
    const c0 = cpu(pid), t0 = Date.now(), me = process.cpuUsage();
    const sink = await openReadingsSink(ctx, client);
    const B = 4000;
    const per = Math.ceil(ROWS / SENSORS);
    for (let from = 0; from < ROWS; from += B) {
      const n = Math.min(B, ROWS - from);
      const at = Float64Array.from({ length: n }, (_, i) => Date.UTC(2024, 0, 1) + ((from + i) % per) * 60000);
      const v = at.map((x) => 10 + Math.sin(x / 1e7));
      const codes = Array.from({ length: n }, (_, i) => "S" + Math.floor((from + i) / per));
      const cols = READING_COLUMNS.map(({ name }) => name === "observed_at" ? at : name === "value" ? v : name === "sensor_code" ? codes : Array(n).fill(name === "observed_property" ? "air_temperature" : name === "unit" ? "Cel" : ""));
      await sink.push(cols as any, n);
    }
    console.log(tag, "push", ((Date.now() - t0) / 1000).toFixed(2), "cpu backend", (cpu(pid) - c0).toFixed(2));
    console.log(tag, JSON.stringify(await sink.commit({ id: newId(), no: 1 })));
    console.log(tag, "total", ((Date.now() - t0) / 1000).toFixed(2), "backend cpu", (cpu(pid) - c0).toFixed(2), "node cpu", (process.cpuUsage(me).user / 1e6).toFixed(2));
  });
}
await load("first"); await load("again");
await closeDb(); await closePool(); await stack.stop();
