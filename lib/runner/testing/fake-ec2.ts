import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "#lib/testing/loopback";

export type Ask = URLSearchParams;
/** What goes wrong with the next request of an action: an error of AWS, or no answer at all. */
export type Trouble = { code: string; status?: number } | "no_answer" | "answer_lost";

export interface FakeInstance {
  id: string;
  state: string;
  tags: Record<string, string>;
  startedAt: Date;
  userData: string;
}

/** As much of EC2 as we use, on this machine; it misbehaves as it is told to. */
export interface FakeEc2 {
  url: string;
  asked: Ask[];
  instances: Map<string, FakeInstance>;
  trouble: Map<string, Trouble[]>;
  /** Called with each new machine. */
  onStart: (instance: FakeInstance) => void;
  close: () => Promise<void>;
}

export async function startFakeEc2(): Promise<FakeEc2> {
  const byToken = new Map<string, FakeInstance>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const ask = new URLSearchParams(body);
      const action = ask.get("Action") ?? "";
      fake.asked.push(ask);
      const trouble = fake.trouble.get(action)?.shift();
      if (trouble === "no_answer") return void request.socket.destroy();
      if (typeof trouble === "object") {
        response.writeHead(trouble.status ?? 400, { "content-type": "text/xml" });
        return void response.end(errorXml(trouble.code));
      }
      const answer = answerTo(fake, byToken, ask);
      if (trouble === "answer_lost") return void request.socket.destroy();
      response.writeHead(answer.startsWith("<Response>") ? 400 : 200, { "content-type": "text/xml" });
      response.end(answer);
    });
  });
  const fake: FakeEc2 = {
    ...{ url: "", asked: [], instances: new Map(), trouble: new Map(), onStart: () => undefined },
    close: () => Promise.resolve(),
  };
  return Object.assign(fake, await listenOnLoopback(server));
}

function answerTo(fake: FakeEc2, byToken: Map<string, FakeInstance>, ask: Ask): string {
  switch (ask.get("Action") ?? "") {
    case "RunInstances":
      return runInstances(fake, byToken, ask);
    case "DescribeInstances":
      return describeInstances(fake, ask);
    case "TerminateInstances": {
      const instance = fake.instances.get(ask.get("InstanceId.1") ?? "");
      if (!instance) return errorXml("InvalidInstanceID.NotFound");
      instance.state = "terminated";
      return `<TerminateInstancesResponse><instancesSet/></TerminateInstancesResponse>`;
    }
    default:
      return errorXml("InvalidAction");
  }
}

function runInstances(fake: FakeEc2, byToken: Map<string, FakeInstance>, ask: Ask): string {
  const token = ask.get("ClientToken") ?? "";
  let instance = byToken.get(token);
  if (!instance) {
    const id = `i-${String(fake.instances.size + 1).padStart(17, "0")}`;
    const userData = Buffer.from(ask.get("UserData") ?? "", "base64").toString();
    instance = { id, state: "pending", tags: tagsOf(ask), startedAt: new Date(), userData };
    byToken.set(token, instance);
    fake.instances.set(id, instance);
    fake.onStart(instance);
  }
  return `<RunInstancesResponse><instancesSet>${instanceXml(instance)}</instancesSet></RunInstancesResponse>`;
}

function tagsOf(ask: Ask): Record<string, string> {
  const keys = [...ask.keys()].filter((key) => /^TagSpecification\.1\.Tag\.\d+\.Key$/.test(key));
  return Object.fromEntries(keys.map((key) => [ask.get(key) ?? "", ask.get(key.replace(/Key$/, "Value")) ?? ""]));
}

/** One machine a page, so that whoever reads the first page only is found out. */
function describeInstances(fake: FakeEc2, ask: Ask): string {
  const id = ask.get("InstanceId.1");
  const known = [...fake.instances.values()];
  if (id !== null && !fake.instances.has(id)) return errorXml("InvalidInstanceID.NotFound");
  const states = valuesOf(ask, "instance-state-name");
  const names = valuesOf(ask, "tag:fieldport");
  const found = known.filter(
    (instance) =>
      (id === null || instance.id === id) &&
      (states.length === 0 || states.includes(instance.state)) &&
      (names.length === 0 || names.includes(instance.tags.fieldport ?? "")),
  );
  const at = Number(ask.get("NextToken") ?? 0);
  const next = at + 1 < found.length ? `<nextToken>${at + 1}</nextToken>` : "";
  const items = found.slice(at, at + 1).map((one) => `<item><instancesSet>${instanceXml(one)}</instancesSet></item>`);
  return `<DescribeInstancesResponse><reservationSet>${items.join("")}</reservationSet>${next}</DescribeInstancesResponse>`;
}

function valuesOf(ask: Ask, filter: string): string[] {
  const at = [...ask.entries()].find(([key, value]) => /^Filter\.\d+\.Name$/.test(key) && value === filter)?.[0];
  if (!at) return [];
  const prefix = at.replace(/Name$/, "Value.");
  return [...ask.entries()].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
}

function instanceXml({ id, state, tags, startedAt }: FakeInstance): string {
  const items = Object.entries(tags).map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`);
  return (
    `<item><instanceId>${id}</instanceId><instanceState><name>${state}</name></instanceState>` +
    `<instanceType>m7i.large</instanceType><launchTime>${startedAt.toISOString()}</launchTime>` +
    `<tagSet>${items.join("")}</tagSet></item>`
  );
}

function errorXml(code: string): string {
  const error = `<Error><Code>${code}</Code><Message>It is ${code}.</Message></Error>`;
  return `<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>`;
}
