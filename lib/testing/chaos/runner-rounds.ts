import { messageOf } from "#lib/errors";
import { createRandom } from "#lib/math/random";
import { startHosts } from "#lib/runner/testing/chaos/hosts";
import { runPortalSuite } from "#lib/runner/testing/chaos/portal-suite";
import { FAKE_SCENARIOS, SANDBOX_SCENARIOS } from "#lib/runner/testing/chaos/scenarios";
import { setup, teardown } from "#lib/testing/stack-setup";
import { planOrder } from "./plan-order.ts";

const [where = "sandbox", runs = "1", skipped = "0", seed = "1"] = process.argv.slice(2);
const say = (line: string) => void process.send?.({ line });
const random = createRandom(`runner chaos ${where} ${seed}`);

try {
  process.send?.(where === "portal" ? await playPortal() : await playHere());
} catch (error) {
  say(`FAILED ${messageOf(error)}`);
} finally {
  await teardown();
  process.disconnect();
}

/** Whole rounds of a portal differ by their seed alone. */
function playPortal() {
  return runPortalSuite({ runs: Number(runs), random: random.fork(`after ${skipped}`), say });
}

/** A database and an object server of its own; whatever reads the environment is loaded after it stands. */
async function playHere() {
  const hosts = await startHosts();
  try {
    const addresses = `${hosts.git.host},${hosts.silentHost}`;
    Object.assign(process.env, {
      FIELDPORT_RUNNER: where,
      FIELDPORT_PRIVATE_HOSTS: addresses,
      FIELDPORT_RUNNER_HOSTS: addresses,
    });
    await setup();
    const { runRunnerSuite } = await import("#lib/runner/testing/chaos/runner-suite");
    const all = where === "fake" ? FAKE_SCENARIOS : SANDBOX_SCENARIOS;
    const scenarios = planOrder(random, all, Number(skipped) + Number(runs)).slice(Number(skipped));
    return await runRunnerSuite({ scenarios, hosts, say });
  } finally {
    await hosts.close();
  }
}
