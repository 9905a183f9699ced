import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface FakeJob {
  readonly id: string;
  readonly key: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly request: {
    readonly base: string;
    readonly method: string;
    readonly name: string;
    readonly rows: { readonly train: readonly object[]; readonly evaluation: readonly object[] };
  };
  readonly events: string[];
  error?: { readonly code: string; readonly message: string };
  files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** A trainer that trains nothing, but speaks as the real one: `scripts/test-trainer.mjs` holds both against the same contract. */
export interface FakeTrainer {
  /** Ends in /v1. */
  readonly address: string;
  readonly token: string;
  readonly jobs: readonly FakeJob[];
  /** Bodies of the requests for jobs. */
  readonly submitted: readonly { readonly key: string; readonly rows: FakeJob["request"]["rows"] }[];
  readonly loaded: ReadonlyMap<string, string>;
  /** The job that is asked for with this key, once it is. */
  begun(key: string): Promise<FakeJob>;
  tell(job: FakeJob, event: object): void;
  finish(job: FakeJob, files?: FakeJob["files"]): void;
  fail(job: FakeJob, code: string, message: string): void;
  /** As after a crash: connections break, and nothing answers until `back`. */
  away(): void;
  back(): void;
  /** Jobs end by themselves, after some steps; else whoever tests ends them. */
  automatic: boolean;
  protocol: number;
  /** What its models answer. */
  answer: string;
  /** The highest rank that it loads; undefined: any. */
  mostRank: number | undefined;
  close(): Promise<void>;
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** An empty safetensors file, with a note that makes its bytes its own. */
export const safetensors = (note: string): Buffer => {
  const head = Buffer.from(JSON.stringify({ __metadata__: { note } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(head.length));
  return Buffer.concat([length, head]);
};

export const adapterFiles = (base: string, note: string): FakeJob["files"] => [
  {
    name: "adapter_config.json",
    bytes: Buffer.from(JSON.stringify({ base_model_name_or_path: `/models/${base}`, r: 16 })),
  },
  { name: "adapter_model.safetensors", bytes: safetensors(note) },
];

export const startFakeTrainer = async (): Promise<FakeTrainer> => {
  const token = "token-of-the-fake";
  const jobs: FakeJob[] = [];
  const submitted: { key: string; rows: FakeJob["request"]["rows"] }[] = [];
  const loaded = new Map<string, string>();
  const watchers = new Set<() => void>();
  let isAway = false;
  const changed = () => {
    for (const watcher of watchers) watcher();
  };

  const described = (job: FakeJob) => ({
    id: job.id,
    state: job.state,
    ...(job.error && { error: job.error }),
    ...(job.state === "done" && {
      folder: `/trainer/jobs/${job.id}/artifacts`,
      result: {
        artifacts: job.files.map(({ name, bytes }) => ({ name, bytes: bytes.length, hash: sha256(bytes) })),
        steps: job.events.length,
        bestEvalLoss: 0.25,
        baseHash: sha256(Buffer.from(job.request.base)),
        peakMemoryBytes: 123_456_789,
      },
    }),
  });

  const fake: FakeTrainer = {
    address: "",
    token,
    jobs,
    submitted,
    loaded,
    automatic: true,
    protocol: 1,
    answer: "red",
    mostRank: undefined,
    begun: (key) =>
      new Promise((resolve) => {
        const look = () => {
          const job = jobs.find((each) => each.key === key);
          if (job === undefined) return;
          watchers.delete(look);
          resolve(job);
        };
        watchers.add(look);
        look();
      }),
    tell: (job, event) => {
      job.events.push(JSON.stringify({ at: 1, ...event }));
      changed();
    },
    finish: (job, files = adapterFiles(job.request.base, JSON.stringify(job.request.rows))) => {
      job.files = files;
      job.state = "done";
      changed();
    },
    fail: (job, code, message) => {
      job.error = { code, message };
      job.state = "failed";
      changed();
    },
    away: () => {
      isAway = true;
      server.closeAllConnections();
    },
    back: () => {
      isAway = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  const train = (job: FakeJob) => {
    job.state = "running";
    changed();
    fake.tell(job, {
      type: "data",
      part: "train",
      rows: job.request.rows.train.length,
      used: job.request.rows.train.length,
    });
    fake.tell(job, { type: "model", trainedParameters: 100, parameters: 10_000, device: "cpu" });
    if (!fake.automatic) return;
    for (let step = 1; step <= 5; step += 1) {
      fake.tell(job, {
        type: "progress",
        step,
        totalSteps: 5,
        epoch: 1,
        loss: 2 / step,
        learningRate: 1e-4,
        gradientNorm: 1,
        tokensPerSecond: 10,
        memoryBytes: 1e6,
        secondsLeft: 5 - step,
      });
    }
    fake.tell(job, { type: "evaluation", step: 5, epoch: 1, evalLoss: 0.25 });
    fake.tell(job, { type: "checkpoint", step: 5 });
    fake.tell(job, { type: "sample", step: 5, prompt: 0, text: "red" });
    fake.finish(job);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isAway) {
      request.socket.destroy();
      return;
    }
    const say = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    const refuse = (status: number, code: string, message: string) => say(status, { error: { code, message } });
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString("utf8"));
    if (request.headers.authorization !== `Bearer ${token}`)
      return refuse(401, "unauthorized", "The trainer's token is missing or wrong.");
    const path = (request.url ?? "").replace(/^\/v1/, "");
    if (path === "/capabilities")
      return say(200, {
        version: "0",
        protocol: fake.protocol,
        serves: true,
        methods: ["lora", "full"],
        stages: ["sft"],
        devices: [],
      });
    if (path === "/bases")
      return say(200, {
        bases: [{ name: "tiny", layers: 4, hidden: 64, contextTokens: 256, parameters: 156_608, chatTemplate: true }],
      });
    if (path === "/models") return say(200, { data: [...loaded].map(([id, root]) => ({ id, root })) });
    if (path === "/preview") {
      const rows: readonly { readonly prompt: string; readonly answer: string }[] = body.rows;
      const tokens = (row: { readonly prompt: string; readonly answer: string }) => {
        const texts = [...row.prompt.split(" "), row.answer];
        return {
          tokens: { texts, learnt: texts.map((_, place) => place === texts.length - 1), tokens: texts.length, cut: 0 },
        };
      };
      const empty = rows.filter((row) => row.answer.trim() === "").length;
      const longest = Math.max(...rows.map((row) => row.prompt.split(" ").length + 1));
      const report = {
        rows: rows.length,
        used: rows.length - empty,
        emptyAnswers: empty,
        withoutRoom: 0,
        truncated: 0,
        longestTokens: longest,
        tokens: 6 * rows.length,
        answerTokens: rows.length,
      };
      return say(200, { rows: rows.slice(0, 3).map(tokens), report, lengths: { "50": longest, "99": longest } });
    }
    if (path === "/load_lora_adapter") {
      if (fake.mostRank !== undefined && fake.mostRank < 16)
        return say(400, {
          object: "error",
          message: `LoRA rank 16 is greater than max_lora_rank ${fake.mostRank}.`,
          type: "BadRequestError",
          code: 400,
        });
      if (loaded.has(body.lora_name) && loaded.get(body.lora_name) !== body.lora_path)
        return refuse(400, "name-taken", `The lora adapter '${body.lora_name}' has already been loaded.`);
      loaded.set(body.lora_name, body.lora_path);
      return say(200, {});
    }
    if (path === "/unload_lora_adapter") {
      loaded.delete(body.lora_name);
      return say(200, {});
    }
    if (path === "/chat/completions") {
      if (!loaded.has(body.model)) return refuse(404, "model_not_found", "no such model");
      return say(200, {
        choices: [{ index: 0, message: { role: "assistant", content: fake.answer }, finish_reason: "stop" }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    }
    if (path === "/training-jobs" && request.method === "POST") {
      submitted.push(body);
      const known = jobs.find(({ key }) => key === body.key);
      if (known !== undefined) return say(200, described(known));
      const id = `${String(jobs.length + 1).padStart(13, "0")}-${"0".repeat(16)}`;
      const job: FakeJob = { id, key: body.key, state: "queued", request: body, events: [], files: [] };
      jobs.push(job);
      say(201, described(job));
      return train(job);
    }
    const [, id, verb, hash] =
      /^\/training-jobs\/([^/]+)(?:\/(events|cancel|resume|artifacts)(?:\/([0-9a-f]{64}))?)?$/.exec(path) ?? [];
    const job = jobs.find((each) => each.id === id);
    if (job === undefined) return refuse(404, "not-found", "There is no such training job on this trainer.");
    if (verb === undefined) return say(200, described(job));
    if (verb === "cancel") {
      job.state = "cancelled";
      changed();
      return say(200, described(job));
    }
    if (verb === "resume") {
      job.state = "running";
      delete job.error;
      return say(200, described(job));
    }
    if (verb === "artifacts") {
      const file = job.files.find(({ bytes }) => sha256(bytes) === hash);
      if (file === undefined) return refuse(404, "not-found", "The job has no file with this hash.");
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(file.bytes);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    let sent = Number(request.headers["last-event-id"] ?? 0);
    const push = () => {
      for (; sent < job.events.length; sent += 1) response.write(`id: ${sent + 1}\ndata: ${job.events[sent]}\n\n`);
      if (job.state === "queued" || job.state === "running") return;
      watchers.delete(push);
      response.end(`event: end\ndata: ${JSON.stringify({ type: "end", state: job.state })}\n\n`);
    };
    watchers.add(push);
    response.once("close", () => watchers.delete(push));
    push();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(fake, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
};
