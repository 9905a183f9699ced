import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterEach, describe, expect, it, test } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import { boundedLabel, otherLabel } from "./bounded-label";
import { logLine } from "./json-log";
import { lintMetrics } from "./metric-lint";
import { metricsDoor } from "./metrics-door";
import { RunMetrics } from "./run-metrics";
import { mostSpans, type RunSpan, spansOf } from "./run-spans";
import { queueLimits, SpanQueue } from "./span-queue";
import { readTelemetry } from "./telemetry-settings";
import { isSampled, readTraceParent, traceIdOf } from "./trace-parent";

const began = Date.parse("2026-11-20T10:00:00.000Z");
const log = (...bodies: readonly (readonly [ms: number, body: RunEventBody])[]): readonly RunEvent[] =>
  bodies.map(([ms, body], seq) => ({ runId: "r", seq, at: new Date(began + ms).toISOString(), ...body }) as RunEvent);
const call = (more: object = {}): RunEventBody => ({
  type: "model-call",
  path: ["map#0", "ask"],
  operation: "chat",
  endpoint: "vllm",
  model: "qwen",
  usage: { inputTokens: 10, outputTokens: 5 },
  costMicroUsd: 7,
  latencyMs: 50,
  firstTokenMs: 20,
  cached: false,
  ...more,
});
const step = (ms: number, end: number, ...path: string[]) =>
  [
    [ms, { type: "node-start", path, attempt: 1, inputs: {} }],
    [end, { type: "node-end", path, outcome: "success", outputs: { text: "secret answer" }, cached: false }],
  ] as const;
const whole = log(
  [0, { type: "run-start", graphHash: "h", inputs: { q: "secret question" } }],
  ...step(0, 90, "map"),
  ...step(1, 80, "map#0"),
  ...step(2, 70, "map#0", "ask"),
  [60, call()],
  [61, call({ error: { code: "node-timeout", message: "" }, usage: null, costMicroUsd: null })],
  [95, { type: "run-end", outcome: "success", outputs: { answer: "secret answer" } }],
);

describe("metrics", () => {
  const metrics = new RunMetrics({ inFlight: () => 3, spans: () => ({ sent: 5, dropped: 2 }) });

  it("are named, typed and explained as promtool asks, with runs and without", async () => {
    expect(lintMetrics(await metrics.registry.metrics())).toEqual([]);
    metrics.count({ deployment: "triage", events: whole, durationMs: 95, firstTokenMs: 60 });
    metrics.count({
      deployment: "triage",
      events: log(
        [0, { type: "run-start", graphHash: "h", inputs: {} }],
        [9, { type: "run-end", outcome: "failure", error: { code: "node-timeout", message: 'a "quoted" \n message' } }],
      ),
      durationMs: 9,
      firstTokenMs: null,
    });
    const text = await metrics.registry.metrics();
    expect(lintMetrics(text)).toEqual([]);
    for (const line of [
      'pipewright_runs_total{deployment="triage",status="success"} 1',
      'pipewright_run_errors_total{deployment="triage",code="node-timeout"} 1',
      'pipewright_run_duration_seconds_count{deployment="triage"} 2',
      'pipewright_model_tokens_total{endpoint="vllm",model="qwen",direction="output"} 5',
      'pipewright_model_calls_total{endpoint="vllm",model="qwen",operation="chat",outcome="failure"} 1',
      "pipewright_runs_in_flight 3",
      "pipewright_trace_spans_dropped_total 2",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("are looked through by rules that find what is wrong", () => {
    expect(
      lintMetrics(
        "# HELP a_seconds x\n# TYPE a_seconds counter\na_seconds 1\n# TYPE b_total gauge\nb_total 1\nb_total 1\n# HELP cMs x\n# TYPE cMs gauge\ncMs 1\n# HELP d_ms x\n# TYPE d_ms gauge\n# HELP a_seconds x\n",
      ),
    ).toEqual([
      'a_seconds: a counter should have "_total"',
      "b_total: has no help",
      'b_total: only a counter should have "_total"',
      "b_total: has a sample twice: b_total",
      "cMs: has capitals",
      "d_ms: is not in base units",
      "a_seconds: stands in two places",
      "a_seconds: has no type",
    ]);
  });

  it("grow no further, whatever names come: 100,000 models are 101", async () => {
    const label = boundedLabel(100);
    const values = new Set(Array.from({ length: 100_000 }, (_, place) => label(`model ${place}`)));
    expect(values.size).toBe(101);
    expect(label("model 3")).toBe("model 3");
    expect(label("model 99999")).toBe(otherLabel);
  });

  const ask = async (settings: Parameters<typeof metricsDoor>[0], headers: Record<string, string> = {}) => {
    const door = metricsDoor(settings, { contentType: "text/plain", text: async () => "metrics" });
    const server = createServer((incoming, outgoing) => {
      if (!door(incoming, outgoing)) outgoing.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    server.close();
    return `${answer.status} ${await answer.text()}`;
  };
  const token = { token: "a-token-of-some-length" };

  it("are shown to nobody who may not see them", async () => {
    expect(await ask(null)).toBe("404 ");
    expect(await ask("loopback")).toBe("200 metrics");
    // A proxy on this machine would let everybody in.
    expect(await ask("loopback", { "x-forwarded-for": "203.0.113.7" })).toBe("404 ");
    expect(await ask(token)).toBe("401 ");
    expect(await ask(token, { authorization: "Bearer a-token-of-some-lengtX" })).toBe("401 ");
    expect(await ask(token, { authorization: "Bearer a-token-of-some-length", "x-forwarded-for": "203.0.113.7" })).toBe(
      "200 metrics",
    );
  });
});

describe("spans", () => {
  const told = { runId: "r", deployment: "triage", parent: null, content: false };

  it("stand below the caller's, each in its container, with what the conventions name and without a word of content", () => {
    const parent = readTraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    const spans = spansOf(whole, { ...told, parent });
    const parentOf = (name: string) => {
      const span = spans.find((each) => each.name === name);
      return spans.find(({ spanId }) => spanId === span?.parentId)?.name ?? span?.parentId;
    };
    expect(parentOf("run triage")).toBe("b7ad6b7169203331");
    expect(parentOf("step map")).toBe("run triage");
    expect(parentOf("step map#0")).toBe("step map");
    expect(parentOf("step ask")).toBe("step map#0");
    expect(parentOf("chat qwen")).toBe("step ask");
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set(["0af7651916cd43dd8448eb211c80319c"]));
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    const [first, second] = spans.filter(({ name }) => name === "chat qwen");
    expect(first).toMatchObject({
      startMs: began + 10,
      endMs: began + 60,
      error: null,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "vllm",
        "gen_ai.request.model": "qwen",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
      },
    });
    expect(second?.error).toBe("node-timeout");
    expect(second?.attributes).not.toHaveProperty("pipewright.cost_usd");
    expect(JSON.stringify(spans)).not.toContain("secret");
    expect(JSON.stringify(spansOf(whole, { ...told, content: true }))).toContain("secret question");
  });

  it("of a run with very many steps are bounded, and it says how many are left out", () => {
    const many = log(
      [0, { type: "run-start", graphHash: "h", inputs: {} }],
      ...Array.from({ length: 3_000 }, (_, place) => step(1, 2, `map#${place}`)).flat(),
      [9, { type: "run-end", outcome: "success", outputs: {} }],
    );
    const spans = spansOf(many, told);
    expect(spans).toHaveLength(mostSpans);
    expect(spans[0]?.attributes["pipewright.spans_left_out"]).toBe(3_001 - mostSpans);
  });

  test.each([
    "",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
    `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01${" ".repeat(1_000)}`,
  ])("begin a trace of their own after %j", (header) => {
    expect(readTraceParent(header)).toBeNull();
  });

  it("are sent as the caller chose, else by the trace's number, alike in every process", () => {
    const off = readTraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
    expect(isSampled(off, off?.traceId ?? "", 1)).toBe(false);
    const sampled = Array.from({ length: 4_000 }, (_, place) => isSampled(null, traceIdOf(`run ${place}`), 0.25));
    expect(sampled.filter(Boolean).length / 4_000).toBeCloseTo(0.25, 1);
  });
});

describe("the way to a collector", () => {
  let close = async () => {};
  afterEach(() => close());
  const collector = async (status: () => number) => {
    const taken: string[] = [];
    const server = createServer(async (incoming, outgoing) => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      if (status() === 200) taken.push(Buffer.concat(parts).toString());
      outgoing.writeHead(status(), { "content-type": "application/json" }).end("{}");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    close = async () => {
      server.closeAllConnections();
      server.close();
    };
    return { url: `http://127.0.0.1:${port}/v1/traces`, taken };
  };
  const spans = spansOf(whole, { runId: "r", deployment: "triage", parent: null, content: false });

  it("speaks the protocol: what arrives is what the official serializer writes of the same spans", async () => {
    const { url, taken } = await collector(() => 200);
    const exporter = new OTLPTraceExporter({ url });
    const seen: ReadableSpan[] = [];
    const send = exporter.export.bind(exporter);
    exporter.export = (batch, done) => {
      seen.push(...batch);
      send(batch, done);
    };
    const queue = new SpanQueue(exporter, "pipewright");
    queue.add(spans);
    await queue.close();
    expect(queue).toMatchObject({ sent: spans.length, dropped: 0 });
    const official = new TextDecoder().decode(JsonTraceSerializer.serializeRequest(seen));
    expect(taken.map((text) => JSON.parse(text))).toEqual([JSON.parse(official)]);
    const [resource] = JSON.parse(taken[0] as string).resourceSpans;
    const arrived = resource.scopeSpans[0].spans;
    expect(arrived).toHaveLength(spans.length);
    expect(arrived[0]).toMatchObject({
      name: "run triage",
      traceId: traceIdOf("r"),
      startTimeUnixNano: `${began}000000`,
    });
    expect(resource.resource.attributes).toContainEqual({ key: "service.name", value: { stringValue: "pipewright" } });
  });

  it("throws away what a collector refuses or what waits beyond the bound, counts it, and says so once a minute", async () => {
    const { url } = await collector(() => 400);
    const said: string[] = [];
    let now = 0;
    const queue = new SpanQueue(
      new OTLPTraceExporter({ url }),
      "pipewright",
      (line) => said.push(line),
      () => now,
    );
    queue.add(spans);
    await queue.flush();
    expect(queue).toMatchObject({ sent: 0, dropped: spans.length });
    expect(said).toHaveLength(1);
    const flood: RunSpan[] = Array.from({ length: queueLimits.waiting + 1 }, () => spans[0] as RunSpan);
    queue.add(flood);
    expect(queue.dropped).toBe(spans.length + flood.length);
    expect(said).toHaveLength(1);
    now = queueLimits.sayMs;
    queue.add(flood);
    expect(said[1]).toBe(`${2 * flood.length} spans were thrown away: the queue is full`);
    await queue.close();
  });
});

it("is off until it is set, and says what is set wrongly", () => {
  expect(readTelemetry({})).toEqual({ metrics: null, traces: null, jsonLogs: false });
  expect(readTelemetry({ PIPEWRIGHT_METRICS: "loopback", PIPEWRIGHT_LOG: "json" })).toMatchObject({
    metrics: "loopback",
    jsonLogs: true,
  });
  expect(() => readTelemetry({ PIPEWRIGHT_METRICS: "short" })).toThrow("too short");
  expect(readTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318", OTEL_SERVICE_NAME: "shop" }).traces).toEqual({
    content: false,
    share: 1,
    service: "shop",
  });
  expect(readTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318", OTEL_SDK_DISABLED: "true" }).traces).toBeNull();
});

it("writes one line of JSON with the run that it speaks of", () => {
  const id = "0a1b2c3d-0000-4000-8000-123456789abc";
  const line = logLine("error", [`run ${id} could not be stored:`, new Error("a\nb")], new Date(began));
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({ level: "error", runId: id, time: "2026-11-20T10:00:00.000Z" });
  expect(JSON.parse(logLine("log", ["x".repeat(100_000)], new Date())).message).toHaveLength(20_000);
});
