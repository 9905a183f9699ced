// What a program with an API key may do with published pipelines, from a shell: JSON on the standard output, one object a line.
import { readFile } from "node:fs/promises";

/** Ended well; the run failed; it could not be found out; the key may not. */
export const exits = { well: 0, failed: 1, unknown: 2, forbidden: 3 };

/** What has no place in the API of keys, and where a person does it. */
const byPeople = {
  publish: "the pipeline's page, Publish",
  promote: "the deployment's page, Promote",
  rollback: "the deployment's page, Versions that were live",
  ramp: "the deployment's page",
  keys: "Settings, API keys",
  export: "the editor, Export",
  import: "Pipelines, Import",
};

export const callHelp = `       pipewright run <address> [--inputs <json> | --file <inputs.json>] [--stream | --background]
       pipewright batch <address> <rows.jsonl | rows.csv> [--name <name>] [--forecast]
       pipewright runs <address> <runId>       how a run stands, and what it answered
       pipewright logs <address> <runId>       its events, one a line
       pipewright cancel <address> <runId>
       pipewright openapi [address]

Answers in JSON. Ends with 0 where it was answered, 1 where the run failed, 2 where that could not be found out, 3 where the key may not.
${Object.keys(byPeople).join(", ")}: a key has no right to these; people do them in the app.`;

export class CallTrouble extends Error {
  /** @param {string} message @param {number} [exit] */
  constructor(message, exit = exits.unknown) {
    super(message);
    this.exit = exit;
  }
}

/** @param {Response} response */
const refused = async (response) => {
  const answer = await response.json().catch(() => null);
  const { message = `it answered ${response.status}`, hint = "", code = "" } = answer?.error ?? {};
  const isForbidden = response.status === 401 || response.status === 403;
  return new CallTrouble(
    `${message} ${hint} ${code && `(${code})`}`.trim(),
    isForbidden ? exits.forbidden : exits.unknown,
  );
};

/** @param {string} url @param {string} key @param {{ method?: string, body?: string, type?: string }} [options] */
const ask = async (url, key, { method = "GET", body, type = "application/json" } = {}) => {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { "content-type": type }) },
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CallTrouble(`Pipewright cannot be reached at ${url}: ${cause}`);
  }
  return response;
};

/** @param {string} text @param {string} what */
const parse = (text, what) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CallTrouble(`${what} is not JSON.`);
  }
};

/** @param {string} file */
const read = (file) =>
  readFile(file, "utf8").catch(() => {
    throw new CallTrouble(`${file} cannot be read.`);
  });

/** @param {unknown} value */
const print = (value) => console.log(JSON.stringify(value));

/** Prints events as they come; gives how the run ended. @param {Response} response */
const follow = async (response) => {
  if (!response.ok || response.body === null) throw await refused(response);
  let text = "";
  let status = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split("\n");
      const type = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (type === undefined || data === undefined) continue;
      const said = JSON.parse(data);
      print({ event: type, ...said });
      if (type === "run-end" || type === "run-paused") status = said.status;
    }
  }
  if (status === "") throw new CallTrouble("The stream broke before the run ended.");
  return ["failure", "aborted"].includes(status) ? exits.failed : exits.well;
};

/** @param {Response} response */
const whole = async (response) => {
  const answer = await response.json().catch(() => null);
  if (answer === null) throw new CallTrouble("It did not answer as Pipewright does. Is the address right?");
  // A run that failed has an id; what was refused before it began has none.
  if (!response.ok && typeof answer.error?.runId !== "string")
    throw await refused(Response.json(answer, { status: response.status }));
  print(answer);
  return !response.ok || ["failure", "aborted"].includes(answer.status) ? exits.failed : exits.well;
};

/**
 * Does what a command says; gives the exit code, or null where it is none of these.
 * @param {string[]} words
 * @param {{ url: string, key: string, inputs?: string, file?: string, name?: string, stream: boolean, background: boolean, forecast: boolean }} options
 */
export const call = async ([command = "", slug, id, ...more], options) => {
  if (Object.hasOwn(byPeople, command)) {
    const where = byPeople[/** @type {keyof typeof byPeople} */ (command)];
    throw new CallTrouble(`An API key has no right to "${command}": do it in the app (${where}).`, exits.forbidden);
  }
  if (!["run", "batch", "runs", "logs", "cancel", "openapi"].includes(command)) return null;
  const { url, key } = options;
  if (key === "") throw new CallTrouble("Give an API key: --key, or PIPEWRIGHT_API_KEY.", exits.forbidden);
  const root = `${url.replace(/\/{1,9}$/, "")}/api/v1`;
  if (command === "openapi")
    return whole(
      await ask(
        slug === undefined ? `${root}/openapi.json` : `${root}/pipelines/${encodeURIComponent(slug)}/openapi.json`,
        key,
      ),
    );
  if (slug === undefined || more.length > 0) throw new CallTrouble(`Name the address of one pipeline.\n\n${callHelp}`);
  const base = `${root}/pipelines/${encodeURIComponent(slug)}`;
  if (command === "run") {
    if (options.stream && options.background) throw new CallTrouble("Either --stream or --background.");
    const text = options.file === undefined ? (options.inputs ?? "{}") : await read(options.file);
    const inputs = parse(text, options.file ?? "--inputs");
    const body = JSON.stringify({ inputs, stream: options.stream, background: options.background });
    const response = await ask(`${base}/runs`, key, { method: "POST", body });
    return options.stream ? follow(response) : whole(response);
  }
  if (id === undefined) throw new CallTrouble(`Name a ${command === "batch" ? "file" : "run"}.\n\n${callHelp}`);
  if (command === "batch") {
    const type = /\.csv$/i.test(id) ? "text/csv" : "application/jsonl";
    const query = new URLSearchParams({
      ...(options.name && { name: options.name }),
      ...(options.forecast && { forecast: "only" }),
    });
    return whole(await ask(`${base}/batches?${query}`, key, { method: "POST", body: await read(id), type }));
  }
  const run = `${base}/runs/${encodeURIComponent(id)}`;
  if (command === "logs") return follow(await ask(`${run}/events`, key));
  if (command === "cancel") return whole(await ask(`${run}/cancel`, key, { method: "POST" }));
  return whole(await ask(run, key));
};
