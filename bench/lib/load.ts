import http from "node:http";
import { Caller } from "./caller";

export interface Target {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Milliseconds from sending to the first byte of the body that holds `mark`; to the end where there is none. */
  readonly firstMs: number;
  readonly totalMs: number;
}

/** One POST over a kept-alive connection. */
export const post = (agent: http.Agent, { url, headers, body }: Target, mark?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const payload = JSON.stringify(body);
    const start = performance.now();
    let firstMs: number | null = null;
    const request = http.request(
      url,
      {
        method: "POST",
        agent,
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(payload), ...headers },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          text += part;
          if (firstMs === null && mark !== undefined && text.includes(mark)) firstMs = performance.now() - start;
        });
        response.on("end", () => {
          const totalMs = performance.now() - start;
          resolve({ status: response.statusCode ?? 0, text, firstMs: firstMs ?? totalMs, totalMs });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(payload);
  });

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const good = "HTTP/1.1 200 ";

/** As many callers as `concurrency`, each asking again as soon as it is answered, for so long. Every answer must be 200. */
export const load = async (target: Target, concurrency: number, seconds: number): Promise<LoadResult> => {
  const { url, headers = {}, body } = target;
  const request = { url, headers, body: JSON.stringify(body) };
  const callers = Array.from({ length: concurrency }, () => new Caller(request));
  const times: number[] = [];
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    callers.map(async (caller) => {
      for (let now = performance.now(); now < until; ) {
        const answer = await caller.call();
        if (answer.toString("latin1", 0, good.length) !== good)
          throw new Error(`${url} answered ${answer.toString("utf8").slice(0, 1_000)}`);
        const then = performance.now();
        times.push(then - now);
        now = then;
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  for (const caller of callers) caller.close();
  times.sort((a, b) => a - b);
  const requests = times.length;
  return { requests, requestsPerSecond: requests / elapsed, p50: at(times, 0.5), p99: at(times, 0.99) };
};

/** Milliseconds to the first token, one call after the other; the median and the 99th percentile. */
export const firstToken = async (target: Target, mark: string, calls: number) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let call = 0; call < calls; call++) {
    const { status, text, firstMs } = await post(agent, target, mark);
    if (status !== 200 || !text.includes(mark))
      throw new Error(`${target.url} answered ${status}: ${text.slice(0, 300)}`);
    times.push(firstMs);
  }
  agent.destroy();
  times.sort((a, b) => a - b);
  return { p50: at(times, 0.5), p99: at(times, 0.99) };
};
