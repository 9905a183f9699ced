import path from "node:path";
import { startApp } from "./app";
import { startChild } from "./child";
import { processesOf } from "./cpu";
import { publishPipeline } from "./published-pipeline";

const root = path.resolve(import.meta.dirname, "../..");
const withTypes = ["--import", "tsx"];

/** The fake model server, the bare server in front of it and the app in front of it, each in a process of its own. */
export const startServers = async (models: readonly string[], port: number) => {
  const urlIn = /https?:\/\/[\d.:]+/;
  const fake = await startChild(
    [...withTypes, path.join(root, "runtime/testing/fake-openai-server.ts"), "--port", String(port)],
    (line) => urlIn.test(line),
  );
  const modelServer = urlIn.exec(fake.line)?.[0] ?? "";
  const bare = await startChild(
    [...withTypes, path.join(root, "bench/lib/bare-server.ts"), `${modelServer}/v1`],
    (line) => line.startsWith("ready "),
  );
  const app = await startApp(port + 1);
  const pipelines = await publishPipeline(app, modelServer, models);
  return {
    modelServer,
    /** Of the app and the bare server, for what they cost. */
    processes: new Map([...processesOf(app.processId), ["bare" as const, bare.child.pid ?? 0]]),
    bare: bare.line.slice("ready ".length),
    pipelines,
    stop: async () => {
      await app.stop();
      await bare.stop();
      await fake.stop();
    },
  };
};
