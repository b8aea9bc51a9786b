import { messageOf } from "#lib/errors";
import { setup, teardown } from "#lib/testing/stack-setup";
import { FAKE_SCENARIOS, SANDBOX_SCENARIOS } from "#lib/runner/testing/chaos/scenarios";

const [executor = "sandbox", rounds = "1"] = process.argv.slice(2);
const say = (line: string) => void process.send?.({ line });

// A database and an object server of its own; whatever reads the environment is loaded after it stands.
try {
  Object.assign(process.env, { FIELDPORT_RUNNER: executor });
  await setup();
  const { runRunnerSuite } = await import("#lib/runner/testing/chaos/runner-suite");
  const scenarios = executor === "fake" ? FAKE_SCENARIOS : SANDBOX_SCENARIOS;
  const counts = await runRunnerSuite({ rounds: Number(rounds), scenarios, say });
  process.send?.(counts);
} catch (error) {
  say(`FAILED ${messageOf(error)}`);
} finally {
  await teardown();
  process.disconnect();
}
