import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

type Environment = Readonly<Record<string, string>>;

const project = path.resolve(import.meta.dirname, "../..");

export interface EndpointProcess {
  /** "http://127.0.0.1:PORT", without "/v1". */
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly log: () => string;
  /** Closes its standard input and waits until it has ended. */
  readonly stop: () => Promise<number | null>;
}

export interface EndpointExit {
  readonly code: number | null;
  readonly log: string;
}

/** Starts the embedded model endpoint as the app starts it, on a free port unless the arguments say otherwise. */
export async function startLocalEndpoint(
  args: readonly string[] = [],
  environment: Environment = {},
): Promise<EndpointProcess> {
  const { child, log, exited } = launch(["--parent-stdin", ...args], environment);
  const url = await Promise.race([
    new Promise<string>((resolve) => {
      let output = "";
      child.stdout?.on("data", (chunk) => {
        output += chunk;
        const found = /^ready (\S+)$/m.exec(output)?.[1];
        if (found) resolve(found);
      });
    }),
    exited.then(({ code }) => Promise.reject(new Error(`the endpoint ended with ${code}:\n${log()}`))),
  ]);
  return {
    url,
    process: child,
    log,
    stop: async () => {
      child.stdin?.end();
      return (await exited).code;
    },
  };
}

/** For starts that are meant to fail. */
export const runLocalEndpoint = (args: readonly string[], environment: Environment = {}): Promise<EndpointExit> =>
  launch(args, environment).exited;

function launch(args: readonly string[], environment: Environment) {
  const child = spawn(process.execPath, ["--import", "tsx", "model-server/main.ts", ...args], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      text += chunk;
    });
  const log = () => text;
  const exited = new Promise<EndpointExit>((resolve) => child.on("exit", (code) => resolve({ code, log: text })));
  return { child, log, exited };
}
