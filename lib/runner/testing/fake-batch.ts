import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { listenOnLoopback } from "#lib/testing/loopback";

const submission = z.looseObject({ jobName: z.string() });
const about = z.looseObject({ jobs: z.array(z.string()).optional(), jobId: z.string().optional() });
const listing = z.looseObject({ jobStatus: z.string(), nextToken: z.string().optional() });

export interface FakeJob {
  jobId: string;
  jobName: string;
  status: string;
  createdAt: number;
  statusReason?: string;
  container?: { taskArn: string };
}

/** As much of AWS Batch as we use, on this machine; the next requests fail as it is told to. */
export interface FakeBatch {
  url: string;
  asked: { path: string; body: Record<string, unknown> }[];
  jobs: Map<string, FakeJob>;
  /** By path: an error's status and name, or an answer that gets lost. */
  trouble: Map<string, ({ status: number; name: string } | "answer_lost")[]>;
  close: () => Promise<void>;
}

export async function startFakeBatch(): Promise<FakeBatch> {
  const server = createServer((request, response) => {
    void text(request).then((raw) => {
      const path = request.url ?? "";
      const body = z.record(z.string(), z.unknown()).parse(JSON.parse(raw));
      fake.asked.push({ path, body });
      const trouble = fake.trouble.get(path)?.shift();
      if (typeof trouble === "object") {
        response.writeHead(trouble.status, { "x-amzn-errortype": trouble.name, "content-type": "application/json" });
        return void response.end(JSON.stringify({ message: `It is ${trouble.name}.` }));
      }
      const answer = answerTo(fake, path, body);
      if (trouble === "answer_lost") return void request.socket.destroy();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });
  const fake: FakeBatch = {
    ...{ url: "", asked: [], jobs: new Map(), trouble: new Map() },
    close: () => Promise.resolve(),
  };
  return Object.assign(fake, await listenOnLoopback(server));
}

function answerTo(fake: FakeBatch, path: string, body: unknown): unknown {
  switch (path) {
    case "/v1/submitjob": {
      const { jobName } = submission.parse(body);
      const jobId = `job-${fake.jobs.size + 1}`;
      fake.jobs.set(jobId, { jobId, jobName, status: "RUNNABLE", createdAt: Date.now() });
      return { jobId, jobName };
    }
    case "/v1/describejobs":
      return { jobs: (about.parse(body).jobs ?? []).flatMap((id) => fake.jobs.get(id) ?? []) };
    case "/v1/terminatejob": {
      const job = fake.jobs.get(about.parse(body).jobId ?? "");
      if (job) job.status = "FAILED";
      return {};
    }
    case "/v1/listjobs":
      return page(fake, listing.parse(body));
    default:
      return {};
  }
}

/** One job a page, so that whoever reads the first page only is found out. */
function page(fake: FakeBatch, { jobStatus, nextToken }: z.infer<typeof listing>) {
  const found = [...fake.jobs.values()].filter(({ status }) => status === jobStatus);
  const at = Number(nextToken ?? 0);
  return {
    jobSummaryList: found.slice(at, at + 1),
    ...(at + 1 < found.length ? { nextToken: String(at + 1) } : {}),
  };
}
