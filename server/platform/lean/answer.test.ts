import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute } from "@/server/platform/route/route";
import { Answer, jsonAnswer, toResponse } from "./answer";
import { type LeanListener, leanListener } from "./lean-listener";
import type { TextSource } from "./text-source";

const spoken: TextSource = {
  start: (sink) => {
    sink.write("id: 1\n\n");
    sink.write("id: 2\n\n");
    sink.end();
    return { resume: () => {}, stop: () => {} };
  },
};
const answers: Readonly<Record<string, () => Answer>> = {
  json: () => jsonAnswer({ said: "Gr\u00fc\u00dfe" }),
  stream: () => new Answer(200, { "x-accel-buffering": "no", "content-type": "text/event-stream" }, spoken),
  nothing: () => new Answer(204, {}, null),
  refused: () => {
    throw new RouteRefusal(429, "too-many", "Too many.", { hint: "Wait." }, { "retry-after": "1" });
  },
  own: () => new Answer(200, { "cache-control": "max-age=1", "content-type": "text/plain", "a-first": "1" }, "own"),
};

const open = async () => ({}) as Database;
const listenerOf = (made: (answer: Answer) => Answer | Response): LeanListener => {
  const handler = guardRoute<{ auth: "public"; anyHost: true }, { name: string }>(
    { auth: "public", anyHost: true },
    async ({ parameters, text, request }) => {
      if (request.method === "POST") await text(1000);
      return made((answers[parameters.name] as () => Answer)());
    },
    open,
  );
  return leanListener([
    { method: "GET", path: "/[name]", handler },
    { method: "POST", path: "/[name]", handler },
  ]);
};
const servers = [listenerOf((answer) => answer), listenerOf(toResponse)].map((listener) =>
  http.createServer((incoming, outgoing) => void listener(incoming, outgoing)),
);
beforeAll(() => Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)))));
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** All bytes that come over one connection, which the request asks to be closed; the moment left out. */
const sent = (server: http.Server, request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = "";
    const client = net.connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write(request));
    client.setEncoding("latin1").on("error", reject);
    client.on("data", (part) => {
      received += part;
    });
    client.on("close", () => resolve(received.replace(/^date: .*\r\n/im, "")));
  });

const head = "HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
it.each([
  ...Object.keys(answers).flatMap((name) => [`GET /${name} ${head}\r\n`, `HEAD /${name} ${head}\r\n`]),
  `POST /json ${head}content-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
  `POST /json ${head}content-type: application/json\r\ncontent-length: 9999\r\n\r\n${"x".repeat(9999)}`,
  `POST /json ${head}content-type: text/plain\r\ncontent-length: 2\r\n\r\n{}`,
  `POST /json ${head}content-type: application/json\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n{}`,
])("is sent byte for byte like a Response: %j", async (request) => {
  const [lean, framework] = await Promise.all(servers.map((server) => sent(server, request)));
  expect(lean).toMatch(/^HTTP\/1\.1 \d{3} /);
  expect(lean).toBe(framework);
});
