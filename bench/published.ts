// template -> model -> template over HTTP: a published pipeline, with key check and stored run, against a bare server.
//   node --import tsx bench/published.ts [--seconds 12] [--port 18300]
import { parseArgs } from "node:util";
import { type LoadResult, load, type Target } from "./lib/load";
import { startServers } from "./lib/servers";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "12" }, port: { type: "string", default: "18300" } },
});
const seconds = Number(values.seconds);
const rounds = 6;
const limits = { ratioAt32: 0.3, overheadMs: 5 };
const model = "fake-0";

const servers = await startServers([model], Number(values.port));
try {
  const { url = "", key } = servers.pipelines[model] ?? {};
  const targets: Record<"bare" | "pipewright", Target> = {
    bare: { url: servers.bare, body: { model, q: "hi" } },
    pipewright: { url, headers: { authorization: `Bearer ${key}` }, body: { inputs: { q: "hi" } } },
  };
  for (const target of Object.values(targets)) await load(target, 32, 3);

  const measured: Record<string, Record<"bare" | "pipewright", LoadResult>> = {};
  for (const concurrency of [1, 32]) {
    const results: Record<"bare" | "pipewright", LoadResult[]> = { bare: [], pipewright: [] };
    // In turns, and the best turn of each counts: what else the machine does can only slow them down.
    for (let round = 0; round < rounds; round++) {
      for (const name of ["bare", "pipewright"] as const) {
        results[name].push(await load(targets[name], concurrency, seconds / rounds));
      }
    }
    measured[concurrency] = { bare: best(results.bare), pipewright: best(results.pipewright) };
    console.log(`concurrency ${concurrency}`);
    for (const name of ["bare", "pipewright"] as const) {
      const { requestsPerSecond, p50, p99 } = measured[concurrency][name];
      console.log(
        `  ${name.padEnd(12)} ${requestsPerSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(1)} ms`,
      );
    }
  }
  const one = measured[1];
  const many = measured[32];
  if (one === undefined || many === undefined) throw new Error("nothing was measured");
  const ratio = many.pipewright.requestsPerSecond / many.bare.requestsPerSecond;
  const overhead = one.pipewright.p50 - one.bare.p50;
  const checks = [
    [
      ratio >= limits.ratioAt32,
      `${ratio.toFixed(2)} of the bare server's requests/s at 32, limit at least ${limits.ratioAt32}`,
    ],
    [
      overhead < limits.overheadMs,
      `${overhead.toFixed(2)} ms over the bare server's p50 at 1, limit under ${limits.overheadMs} ms`,
    ],
  ] as const;
  for (const [holds, text] of checks) console.log(`${holds ? "holds" : "FAILS"}: ${text}`);
  process.exitCode = checks.every(([holds]) => holds) ? 0 : 1;
} finally {
  await servers.stop();
}

function best(results: readonly LoadResult[]): LoadResult {
  return {
    requestsPerSecond: Math.max(...results.map(({ requestsPerSecond }) => requestsPerSecond)),
    p50: Math.min(...results.map(({ p50 }) => p50)),
    p99: Math.min(...results.map(({ p99 }) => p99)),
  };
}
