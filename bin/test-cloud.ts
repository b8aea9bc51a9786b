import { runEntry } from "#lib/stack/entry";
import { setUpPython } from "#lib/stack/python-environment";
import { runTool } from "#lib/stack/run-tool";
import { MOTO_FOLDER, whyNoMoto } from "#lib/runner/testing/moto";

const MOTO = "moto[server,ec2,batch]==5.2.1";
const SUITE = "lib/runner/executors/remote/moto.db.test.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

// `npm run test:cloud` sets moto up in a virtual environment of its own and asks it what EC2 and Batch are asked.
await runEntry(async () => {
  if (whyNoMoto() !== null) say(`Setting up ${MOTO} in ${MOTO_FOLDER} (about 320 MB) …`);
  await setUpPython({ folder: MOTO_FOLDER, requirement: MOTO, whyNot: whyNoMoto });
  const { exitCode } = await runTool({ tool: "vitest", args: ["run", "--project", "db", SUITE], live: true });
  process.exitCode = exitCode ?? 1;
});
