// The results page of an experiment of 100,000 answers: how soon it shows its verdict, and how even its list of cases scrolls, in Chromium on the
// production app.
//   node --import tsx bench/results-page.ts [--rows 50000] [--rounds 5] [--port 18600]
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { browserPath } from "../e2e/fixtures/browser-path";
import { startFakeOpenAiServer } from "../runtime/testing/fake-openai-server";
import { type BenchApp, startApp } from "./lib/app";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "50000" },
    rounds: { type: "string", default: "5" },
    port: { type: "string", default: "18600" },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const limits = {
  /** From the click on an address to the verdict, in milliseconds, median of the rounds. */
  openMs: 2_000,
  /** A frame that takes longer than three of a 60 Hz screen is seen as a stutter; so many of a hundred frames may. */
  stutterMs: 50,
  stutterShare: 0.01,
};
const scrolledMs = 4_000;

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const field = (name: string, required: boolean) => ({ name, title: "", kind: "text", required, help: "" });
const document = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [field("text", true), field("noise", false)] }),
    node("ask", "prompt/chat", { model: "fake/echo", system: "", user: "{{text}}{{noise}}" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "ask", port: "text" } },
    { id: "w2", from: { node: "in", port: "noise" }, to: { node: "ask", port: "noise" } },
    { id: "w3", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: {},
};
const labels = ["billing", "delivery", "refund", "account", "defect", "praise"];

/** Runs a real experiment: two prompts on so many rows, with labels, time and cost as its scores. */
const runExperiment = async (app: BenchApp, baseUrl: string): Promise<string> => {
  await app.mutate("endpoint.create", {
    name: "Fake",
    slug: "fake",
    replicas: [{ baseUrl }],
    maxConcurrency: 256,
    models: [{ name: "echo", inputUsdPerM: 1, outputUsdPerM: 2 }],
  });
  const pipeline = await app.mutate<{ id: string }>("pipeline.create", { name: "Departments", document });
  const dataset = await app.mutate<{ id: string }>("dataset.create", {
    name: "Complaints",
    columns: [
      { name: "text", role: "input" },
      { name: "noise", role: "input" },
      { name: "department", role: "expected" },
    ],
  });
  const batch = 100;
  for (let from = 0; from < rows; from += batch)
    await app.mutate("dataset.addRows", {
      id: dataset.id,
      rows: Array.from({ length: Math.min(batch, rows - from) }, (_, index) => {
        const place = from + index;
        const label = labels[(place * 7) % labels.length] ?? "";
        const answered = place % 9 === 0 ? labels[(place * 7 + 1) % labels.length] : label;
        return {
          inputs: { text: answered, noise: place % 5 === 0 ? " please" : "" },
          expected: { department: label },
          tags: [`kind ${place % 12}`],
        };
      }),
    });
  const { id } = await app.mutate<{ id: string }>("experiment.start", {
    name: "Two prompts",
    draft: {
      pipelineId: pipeline.id,
      datasetId: dataset.id,
      baseline: "a",
      variants: [
        { key: "a", label: "Plain prompt", revision: "draft" },
        {
          key: "b",
          label: "Label only",
          revision: "draft",
          overrides: [{ nodeId: "ask", config: { user: "{{text}}", system: "Leave out {{noise}}" } }],
        },
      ],
      scorers: [
        { id: "accuracy", type: "label/accuracy" },
        { id: "latency", type: "run/latency" },
        { id: "cost", type: "run/cost" },
      ],
      primary: "accuracy.accuracy",
      concurrency: 64,
    },
  });
  return id;
};

const pageOf = async (browser: Browser, app: BenchApp): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const cookies = app.cookie.split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url: app.url };
  });
  await context.addCookies(cookies);
  // What runs in the page is compiled here, by a compiler that marks functions with their names.
  await context.addInitScript("globalThis.__name ??= (named) => named");
  return context.newPage();
};

/** Milliseconds from asking for the address until the verdict and the first chart are drawn, in a browser that has nothing of it stored. */
const openOnce = async (browser: Browser, app: BenchApp, address: string): Promise<number> => {
  const page = await pageOf(browser, app);
  const began = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await page.getByTestId("verdict").waitFor();
  await page.locator(".recharts-surface").first().waitFor();
  const taken = performance.now() - began;
  await page.context().close();
  return taken;
};

/** Times of the frames, in milliseconds, while the list of cases is scrolled evenly through what it loads on the way. */
const scrollFrames = async (page: Page): Promise<{ readonly frames: readonly number[]; readonly cases: number }> =>
  page.evaluate(async (during) => {
    const list = globalThis.document.querySelector("[data-testid=cases]");
    if (list === null) throw new Error("There is no list of cases.");
    const times: number[] = [];
    await new Promise<void>((resolve) => {
      const began = performance.now();
      const tick = (time: number) => {
        times.push(time);
        list.scrollTop += 24;
        if (time - began < during) requestAnimationFrame(tick);
        else resolve();
      };
      requestAnimationFrame(tick);
    });
    return {
      frames: times.slice(1).map((time, index) => time - (times[index] ?? 0)),
      cases: Math.round(list.scrollTop / 60),
    };
  }, scrolledMs);

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

const fake = await startFakeOpenAiServer({ keepRequests: 0 });
const app = await startApp(Number(values.port));
const browser = await chromium.launch({ executablePath: await browserPath(), args: ["--no-sandbox"] });
try {
  const began = performance.now();
  const address = `${app.url}/evaluation/experiments/${await runExperiment(app, fake.baseUrl)}`;
  const page = await pageOf(browser, app);
  await page.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText("Done", { exact: true }).waitFor({ timeout: 3_600_000 });
  console.log(
    `${(2 * rows).toLocaleString("en-US")} answers, made in ${((performance.now() - began) / 1_000).toFixed(0)} s`,
  );
  const opened: number[] = [];
  for (let round = 0; round < rounds; round += 1) opened.push(await openOnce(browser, app, address));
  opened.sort((left, right) => left - right);

  await page.goto(`${address}?tab=cases`);
  await page.getByTestId("cases").getByRole("button").first().waitFor();
  await scrollFrames(page);
  const { frames, cases } = await scrollFrames(page);
  const sorted = frames.toSorted((left, right) => left - right);
  const stutters = frames.filter((each) => each > limits.stutterMs).length / frames.length;

  const open = at(opened, 0.5);
  console.log(
    `opened in ${opened.map((each) => each.toFixed(0)).join(", ")} ms; scrolled to case ${cases}: ${frames.length} frames, p50 ${at(sorted, 0.5).toFixed(1)} ms, p95 ${at(sorted, 0.95).toFixed(1)} ms, longest ${at(sorted, 1).toFixed(1)} ms`,
  );
  const checks = [
    [
      open < limits.openMs,
      `${open.toFixed(0)} ms until the verdict and the charts are drawn, limit ${limits.openMs} ms`,
    ],
    [
      stutters <= limits.stutterShare,
      `${(100 * stutters).toFixed(2)} % of the frames took more than ${limits.stutterMs} ms, limit ${100 * limits.stutterShare} %`,
    ],
  ] as const;
  for (const [holds, text] of checks) console.log(`${holds ? "holds" : "FAILS"}: ${text}`);
  process.exitCode = checks.every(([holds]) => holds) ? 0 : 1;
} finally {
  await browser.close();
  await app.stop();
  await fake.close();
}
