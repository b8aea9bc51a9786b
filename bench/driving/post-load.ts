import { Agent, request } from "node:http";
import { quantile } from "#lib/math/quantile";

export interface LoadTarget {
  port: number;
  path: string;
  apiKey: string;
}

export interface LoadFigures {
  calls: number;
  seconds: number;
  perSecond: number;
  answerMsP50: number;
  answerMsP99: number;
  refused: number;
}

/** Posts each list of bodies over a kept-alive connection of its own, one after the other, and counts acknowledgements. */
export async function postLoad(target: LoadTarget, lists: readonly (readonly string[])[]): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: lists.length });
  const answerMs: number[] = [];
  let refused = 0;
  const sendAll = async (bodies: readonly string[]) => {
    for (const body of bodies) {
      const startedMs = performance.now();
      const status = await post(target, { agent, body });
      if (status === 200) answerMs.push(performance.now() - startedMs);
      else refused += 1;
    }
  };
  const startedMs = performance.now();
  await Promise.all(lists.map(sendAll));
  const seconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  const calls = answerMs.length;
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    calls,
    seconds: round(seconds),
    perSecond: Math.round(calls / seconds),
    answerMsP50: round(quantile(answerMs, 0.5)),
    answerMsP99: round(quantile(answerMs, 0.99)),
    refused,
  };
}

function post({ port, path, apiKey }: LoadTarget, { agent, body }: { agent: Agent; body: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const call = request({ host: "127.0.0.1", port, path, method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    call.on("error", reject);
    call.end(body);
  });
}
