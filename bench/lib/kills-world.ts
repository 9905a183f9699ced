import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A server on a port of its own; `answer` gives status, type and body. */
const serve = async (
  answer: (path: string, body: string) => Promise<{ readonly type: string; readonly body: string }>,
) => {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { type, body } = await answer(request.url ?? "/", Buffer.concat(chunks).toString("utf8"));
      response.writeHead(200, { "content-type": type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};

/** A service that is written to: how often each address was, in the order of the requests. It answers after 0 to 60 ms. */
export const startService = async (random: () => number) => {
  const arrivals = new Map<string, number>();
  const { host, close } = await serve(async (path) => {
    arrivals.set(path, (arrivals.get(path) ?? 0) + 1);
    await pause(random() * 60);
    return { type: "application/json", body: '{"ok":true}' };
  });
  return { host, close, arrivals };
};

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** A model that sends what it is asked about, and says so. */
export const startModel = async (random: () => number) =>
  serve(async (_, body) => {
    const { messages } = JSON.parse(body) as Asked;
    const key = messages.find(({ role }) => role === "user")?.content ?? "";
    const isDone = messages.some(({ role }) => role === "tool");
    await pause(random() * 30);
    const call = {
      index: 0,
      id: "call_1",
      type: "function",
      function: { name: "send", arguments: JSON.stringify({ key }) },
    };
    const delta = isDone ? { content: `${key} is sent.` } : { tool_calls: [call] };
    const chunks = [
      { choices: [{ index: 0, delta: { role: "assistant", ...delta }, finish_reason: null }] },
      { choices: [{ index: 0, delta: {}, finish_reason: isDone ? "stop" : "tool_calls" }] },
      { choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
    ];
    const lines = [
      ...chunks.map((chunk) => JSON.stringify({ id: "1", object: "chat.completion.chunk", ...chunk })),
      "[DONE]",
    ];
    return { type: "text/event-stream", body: lines.map((line) => `data: ${line}\n\n`).join("") };
  });

const node = (id: string, type: string, config: object, further: object = {}) => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...further,
});
const wire = (from: string, to: string) => {
  const [source = "", out = ""] = from.split(".");
  const [target = "", into = ""] = to.split(".");
  return { id: `${from}-${to}`, from: { node: source, port: out }, to: { node: target, port: into } };
};
const post = (url: string) => ({ method: "POST", url, class: "write" });

/** An agent that writes, a list of writes, a person, and a write: six of them in a run. */
export const killsDocument = (host: string) => ({
  schemaVersion: 1 as const,
  nodes: [
    node("in", "io/input", { fields: [{ name: "id" }] }),
    node("agent", "agent/tools", {
      model: "fake/agent",
      user: "{{id}}",
      tools: [{ name: "send", description: "Sends.", ...post(`http://${host}/agent/{{key}}`) }],
    }),
    node("list", "tool/code", {
      code: "return { result: [0, 1, 2, 3].map((n) => inputs.text + '-' + n) };",
      outputs: [{ name: "result", kind: "json" }],
    }),
    node(
      "map",
      "flow/map",
      { concurrency: 2 },
      {
        body: {
          schemaVersion: 1,
          nodes: [
            node("in", "io/input", { fields: [{ name: "item" }] }),
            node("send", "tool/http", post(`http://${host}/item/{{item}}`)),
            node("out", "io/output", { outputs: [{ name: "result", title: "" }] }),
          ],
          edges: [wire("in.item", "send.item"), wire("send.status", "out.result")],
          layout: {},
        },
      },
    ),
    node("review", "flow/human-review", {}),
    node("final", "tool/http", {
      ...post(`http://${host}/final/{{id}}`),
      bodyKind: "json",
      json: '{"approved": "{{approved}}", "said": "{{said}}"}',
    }),
    node("out", "io/output", { outputs: [{ name: "status", title: "" }] }),
  ],
  edges: [
    wire("in.id", "agent.id"),
    wire("in.id", "list.text"),
    wire("list.result", "map.items"),
    wire("map.result", "review.value"),
    wire("in.id", "final.id"),
    wire("review.approved", "final.approved"),
    wire("agent.text", "final.said"),
    wire("final.status", "out.status"),
  ],
  layout: {},
});
