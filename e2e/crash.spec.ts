import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { openToOthers } from "@/server/platform/db/embedded/open-to-others";
import { type ApiSession, Refused, signIn } from "./fixtures/api-session";
import { type AppProcess, startApp } from "./fixtures/app-process";
import { childOf } from "./fixtures/processes";

const port = Number(process.env.PIPEWRIGHT_CRASH_PORT ?? 3112);
const kills = 20;
const victims = ["interface", "database", "front", "supervisor"] as const;
/** What stands in the command line of each. */
const commandLines = {
  interface: "serve.mjs",
  database: "programs/database.mjs",
  front: "front.mjs",
} as const;
/** 40 tokens, 20 ms apart: runs are always under way. */
const model = "fake-20-20-40";

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const wire = (id: string, [from, out]: [string, string], [to, into]: [string, string]) => ({
  id,
  from: { node: from, port: out },
  to: { node: to, port: into },
});
/** input -> chat -> output; `mark` is how a saved document is recognised. */
const document = (mark: number) => ({
  schemaVersion: 1,
  nodes: [
    node("question", "io/input", { fields: [{ name: "q", maxLength: 100 }] }),
    node("model", "prompt/chat", { model: `fake/${model}`, user: `mark ${mark}: {{q}}` }),
    node("answer", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [wire("a", ["question", "q"], ["model", "q"]), wire("b", ["model", "text"], ["answer", "answer"])],
  layout: {},
});

interface Stored {
  readonly revision: number;
  readonly document: {
    readonly nodes: readonly { readonly id: string; readonly config: { readonly user?: string } }[];
  };
}
const markOf = ({ document }: Stored) =>
  Number(/mark (\d+)/.exec(document.nodes.find(({ id }) => id === "model")?.config.user ?? "")?.[1]);

/** The app is down, or comes up. Anything else, such as an answer that refuses a right request, is a fault. */
const isOutage = (error: unknown) =>
  error instanceof Refused
    ? error.status >= 500
    : error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError");

const isUp = async (origin: string) => {
  try {
    return (await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
};

/** What was promised to a client that keeps saving one pipeline, starting runs of it and making new ones. */
const createWriter = (origin: string, session: () => ApiSession, pipelineId: string) => {
  const acknowledged = { mark: 0, runs: [] as string[], pipelines: [] as string[] };
  let mark = 0;
  const step = async () => {
    const stored = (await session().query("pipeline.get", { id: pipelineId })) as Stored;
    expect(markOf(stored)).toBeGreaterThanOrEqual(acknowledged.mark);
    mark += 1;
    const saved = (await session().mutate("pipeline.save", {
      id: pipelineId,
      baseRevision: stored.revision,
      document: document(mark),
    })) as { revision: number };
    acknowledged.mark = mark;
    const inputs = { q: "Where is my parcel?" };
    const run = (await session().mutate("run.start", { pipelineId, revision: saved.revision, inputs })) as {
      runId: string;
    };
    acknowledged.runs.push(run.runId);
    const name = `Made at ${mark}`;
    const made = (await session().mutate("pipeline.create", { name, document: document(mark) })) as { id: string };
    acknowledged.pipelines.push(made.id);
  };
  let writing = true;
  const done = (async () => {
    while (writing) {
      try {
        await step();
      } catch (error) {
        if (!isOutage(error)) throw error;
        // Asked for a few times a second: a client that asks without a pause takes the core that the app needs to come up.
        await expect.poll(() => !writing || isUp(origin), { timeout: 60_000, intervals: [100] }).toBe(true);
      }
    }
  })();
  // Awaited by `stop`; until then a fault is not an unhandled one.
  done.catch(() => {});
  return {
    acknowledged,
    stop: async () => {
      writing = false;
      await done;
    },
  };
};

test("twenty kills in the middle of saves and runs lose nothing that was acknowledged and leave no run hanging", async () => {
  test.setTimeout(420_000);
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), "pipewright-kill-"));
  const models = await startFakeOpenAiServer({ keepRequests: 0 });
  const start = () => startApp({ port, dataFolder, parameters: ["--no-models"] });
  let app: AppProcess = await start();
  try {
    const session = await signIn(app.origin, app.signInLink);
    await session.mutate("endpoint.create", {
      name: "Fake",
      slug: "fake",
      replicas: [{ baseUrl: models.baseUrl }],
      maxConcurrency: 256,
      models: [{ name: model }],
    });
    const pipelineIds = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const made = await session.mutate("pipeline.create", { name: `Killed ${number}`, document: document(0) });
        return (made as { id: string }).id;
      }),
    );
    const writers = pipelineIds.map((id) => createWriter(app.origin, () => session, id));
    const writes = () => writers.reduce((sum, { acknowledged }) => sum + acknowledged.pipelines.length, 0);

    for (let kill = 0; kill < kills; kill += 1) {
      // Somewhere in the middle of what the writers do, each time somewhere else.
      const until = writes() + 2 + (kill % 4);
      await expect.poll(writes, { timeout: 60_000, intervals: [5] }).toBeGreaterThanOrEqual(until);
      const supervisor = app.process.pid ?? 0;
      const victim = victims[kill % victims.length] ?? "interface";
      if (victim === "supervisor") {
        app.process.kill("SIGKILL");
        await expect.poll(() => isUp(app.origin), { timeout: 20_000 }).toBe(false);
        app = await start();
      } else {
        const words = commandLines[victim];
        await expect.poll(() => childOf(supervisor, words), { timeout: 20_000 }).toBeDefined();
        process.kill((await childOf(supervisor, words)) ?? 0, "SIGKILL");
      }
      await expect.poll(() => isUp(app.origin), { timeout: 60_000 }).toBe(true);
    }
    for (const writer of writers) await writer.stop();

    for (const [index, { acknowledged }] of writers.entries()) {
      const stored = (await session.query("pipeline.get", { id: pipelineIds[index] })) as Stored;
      expect(markOf(stored)).toBeGreaterThanOrEqual(acknowledged.mark);
      for (const id of acknowledged.pipelines) await session.query("pipeline.get", { id });
      for (const id of acknowledged.runs) await session.query("run.get", { id });
    }
    const running = async () =>
      ((await session.query("run.list", { status: "running" })) as { items: readonly unknown[] }).items.length;
    await expect.poll(running, { timeout: 90_000, intervals: [500] }).toBe(0);
    // What the app and its database wrote in all of this is for the user who started them alone.
    expect(await openToOthers(dataFolder)).toEqual([]);
  } catch (error) {
    console.error(app.output());
    throw error;
  } finally {
    await app.stop();
    await models.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
