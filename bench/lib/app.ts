import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startChild } from "./child";

const root = path.resolve(import.meta.dirname, "../..");

export interface BenchApp {
  readonly url: string;
  /** The session of the owner, as a Cookie header. */
  readonly cookie: string;
  /** Calls a procedure as the owner who followed the sign-in link. */
  mutate<Answer>(procedure: string, input: object): Promise<Answer>;
  query<Answer>(procedure: string, input: object): Promise<Answer>;
  /** Of `npm start`, which keeps the app and its database running. */
  readonly processId: number;
  /** Folder of the database, the files and the secrets. */
  readonly data: string;
  /** Ends it in order. */
  end(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

interface Answered<Answer> {
  readonly result?: { readonly data: { readonly json: Answer } };
  readonly error?: { readonly json: { readonly message: string } };
}

/** The app as `npm start` runs it: production build, embedded database in a folder of its own; without the embedded models unless `models` says so. */
export const startApp = async (port: number, { models = false } = {}): Promise<BenchApp> => {
  const data = await mkdtemp(path.join(os.tmpdir(), "pipewright-bench-"));
  const mark = /^Sign in\s+(\S+)/;
  const started = await startChild(
    [path.join(root, "scripts/start.mjs"), ...(models ? [] : ["--no-models"]), "--port", String(port)],
    (line) => mark.test(line),
    { PIPEWRIGHT_DATA: data },
  );
  const link = mark.exec(started.line)?.[1] ?? "";
  const url = new URL(link).origin;
  const followed = await fetch(link, { redirect: "manual" });
  const cookie = followed.headers
    .getSetCookie()
    .map((set) => set.split(";", 1)[0])
    .join("; ");
  if (cookie === "") throw new Error(`the sign-in link answered ${followed.status} without a session`);
  const headers = { "content-type": "application/json", origin: url, "sec-fetch-site": "same-origin", cookie };
  const read = async <Answer>(procedure: string, response: Response): Promise<Answer> => {
    const { result, error } = (await response.json()) as Answered<Answer>;
    if (result === undefined) throw new Error(`${procedure}: ${JSON.stringify(error)}`);
    return result.data.json;
  };
  return {
    url,
    cookie,
    mutate: async (procedure, input) => {
      const body = JSON.stringify({ json: input });
      return read(procedure, await fetch(`${url}/api/trpc/${procedure}`, { method: "POST", headers, body }));
    },
    query: async (procedure, input) => {
      const wanted = encodeURIComponent(JSON.stringify({ json: input }));
      return read(procedure, await fetch(`${url}/api/trpc/${procedure}?input=${wanted}`, { headers }));
    },
    processId: started.child.pid ?? 0,
    data,
    end: started.stop,
    stop: async () => {
      await started.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
};
