import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { listenOnLoopback } from "#lib/testing/loopback";

const start = z.looseObject({ name: z.string(), clientToken: z.string() });

export interface FakeJob {
  id: string;
  name: string;
  token: string;
  state: string;
  stateDetails: string;
  createdAt: number;
  body: Record<string, unknown>;
}

type Operation = "start" | "list" | "get" | "cancel";
/** An error's status and name, an answer that gets lost on its way, or one that never comes. */
type Trouble = { status: number; name: string } | "answer_lost";

/** As much of EMR Serverless as we use, on this machine; the next requests fail as it is told to. */
export interface FakeEmr {
  url: string;
  asked: Operation[];
  jobs: Map<string, FakeJob>;
  trouble: Map<Operation, Trouble[]>;
  /** States a job goes through, one at each look; the last one stays. */
  course: string[];
  onStart: (job: FakeJob) => Promise<void> | void;
  close: () => Promise<void>;
}

/** The settings of an operator whose runs on Spark go to this one. */
export const settingsOf = ({ url }: FakeEmr): Record<string, string> => ({
  ...{ FIELDPORT_SPARK: "emr", FIELDPORT_EMR_APPLICATION: "00abc", FIELDPORT_EMR_ROLE_ARN: "arn:aws:iam::1:role/r" },
  // The SDK's own setting for another place than AWS.
  AWS_ENDPOINT_URL_EMR_SERVERLESS: url,
});

export async function startFakeEmr(): Promise<FakeEmr> {
  const server = createServer((request, response) => {
    void text(request).then(async (raw) => {
      const url = new URL(request.url ?? "/", "http://emr");
      const operation = operationOf(request.method ?? "", url.pathname);
      fake.asked.push(operation);
      const trouble = fake.trouble.get(operation)?.shift();
      if (typeof trouble === "object") {
        response.writeHead(trouble.status, { "x-amzn-errortype": trouble.name, "content-type": "application/json" });
        return void response.end(JSON.stringify({ message: `It is ${trouble.name}.` }));
      }
      const body = raw === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(raw));
      const answer = await answerTo(fake, { operation, url, body });
      if (trouble === "answer_lost") return void request.socket.destroy();
      response.writeHead(answer === null ? 404 : 200, {
        "content-type": "application/json",
        ...(answer === null && { "x-amzn-errortype": "ResourceNotFoundException" }),
      });
      response.end(JSON.stringify(answer ?? { message: "There is none." }));
    });
  });
  const fake: FakeEmr = {
    ...{ url: "", asked: [], jobs: new Map(), trouble: new Map(), course: ["SUBMITTED", "RUNNING", "SUCCESS"] },
    onStart: () => undefined,
    close: () => Promise.resolve(),
  };
  return Object.assign(fake, await listenOnLoopback(server));
}

function operationOf(method: string, path: string): Operation {
  if (method === "POST") return "start";
  if (method === "DELETE") return "cancel";
  return /\/jobruns\/?$/.test(path) ? "list" : "get";
}

interface Asked {
  operation: Operation;
  url: URL;
  body: Record<string, unknown>;
}

async function answerTo(fake: FakeEmr, { operation, url, body }: Asked): Promise<object | null> {
  if (operation === "start") return startJob(fake, body);
  if (operation === "list") return page(fake, url);
  const job = fake.jobs.get(url.pathname.split("/").at(-1) ?? "");
  if (!job) return null;
  const isOver = ["SUCCESS", "FAILED", "CANCELLED"].includes(job.state);
  if (operation === "cancel") job.state = isOver ? job.state : "CANCELLED";
  else if (!isOver) job.state = fake.course[fake.course.indexOf(job.state) + 1] ?? job.state;
  const { id, name, state, stateDetails, createdAt } = job;
  return { jobRun: { jobRunId: id, name, state, stateDetails, createdAt, releaseLabel: "emr-7.9.0" }, jobRunId: id };
}

/** The same token is the same job, as the service promises. */
async function startJob(fake: FakeEmr, body: Record<string, unknown>): Promise<object> {
  const { name, clientToken: token } = start.parse(body);
  const known = [...fake.jobs.values()].find((job) => job.token === token);
  if (known) return { jobRunId: known.id };
  const id = `job${fake.jobs.size + 1}`;
  const job = {
    id,
    name,
    token,
    state: fake.course[0] ?? "SUBMITTED",
    stateDetails: "",
    createdAt: Date.now() / 1000,
    body,
  };
  fake.jobs.set(id, job);
  await fake.onStart(job);
  return { jobRunId: id };
}

/** One job a page, so that whoever reads the first page only is found out. */
function page(fake: FakeEmr, { searchParams }: URL): object {
  const states = searchParams.getAll("states");
  const found = [...fake.jobs.values()].filter(({ state }) => states.length === 0 || states.includes(state));
  const at = Number(searchParams.get("nextToken") ?? 0);
  return {
    jobRuns: found.slice(at, at + 1).map(({ id, name, state, createdAt }) => ({ id, name, state, createdAt })),
    ...(at + 1 < found.length && { nextToken: String(at + 1) }),
  };
}
