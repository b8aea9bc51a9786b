import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SPARK_FOLDER } from "#lib/spark/local/find-installation";
import { runEntry } from "#lib/stack/entry";
import { setUpPython } from "#lib/stack/python-environment";
import { repositoryRoot } from "#lib/stack/repository-root";
import { compareEngines } from "../bench/driving/compare-engines.ts";
import { whyNoSpark } from "../bench/driving/spark.ts";
import type { Check } from "../bench/verify/check.ts";
import { verify } from "../bench/verify/driving-summary.ts";

const PYSPARK = "pyspark==4.0.1";
const FAILURES_SHOWN_MAX = 20;

const say = (line: string) => process.stdout.write(`${line}\n`);

// `npm run test:spark` sets Spark up in a virtual environment of its own and compares it with DuckDB and the reference.
await runEntry(async () => {
  const missing = await whyNoSpark();
  if (missing?.includes("no Java")) {
    say(`SKIPPED: ${missing}`);
    return;
  }
  if (missing !== null) say(`Setting up ${PYSPARK} in ${SPARK_FOLDER} (about 450 MB, some minutes) …`);
  await setUpPython({ folder: SPARK_FOLDER, requirement: PYSPARK, whyNot: whyNoSpark });
  let passed = 0;
  let failed = 0;
  for await (const check of checks()) {
    if (check.passed) passed += 1;
    else if (++failed <= FAILURES_SHOWN_MAX) say(`FAIL ${check.name}: ${check.detail}`);
  }
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});

async function* checks(): AsyncGenerator<Check> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-spark-test-"));
  try {
    yield* compareEngines(folder, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const shared = join(repositoryRoot, "..", "shared", "data");
  const [dataDir, referenceDir] = [join(shared, "driving"), join(shared, "driving-reference")];
  if (existsSync(dataDir) && existsSync(referenceDir)) yield* verify({ dataDir, referenceDir, say });
  else say(`Recorded days not compared: there is no ${dataDir}.`);
}
