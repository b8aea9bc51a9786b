import { App } from "aws-cdk-lib";
import { fileURLToPath } from "node:url";
import { FieldportStack } from "./fieldport-stack.ts";
import { parseSettings } from "./settings.ts";

// Writes what `cdk deploy --app infra/cdk.out` takes. Asks nobody anything: no account, no region, no look-ups.
try {
  const settings = parseSettings(process.argv.slice(2));
  const outdir = fileURLToPath(new URL("cdk.out", import.meta.url));
  const app = new App({ outdir, analyticsReporting: false });
  new FieldportStack(app, "Fieldport", { settings, stackName: settings.name, description: "Fieldport on AWS" });
  app.synth();
  process.stdout.write(`${outdir}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
