import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sendResponse } from "./send-response";
import { type TextSink, textStream } from "./text-source";

const head = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
let say: (sink: TextSink) => void = () => {};

const server = http.createServer((incoming, outgoing) => {
  const source = textStream({
    start: (sink) => {
      say(sink);
      return { resume: () => {}, stop: () => {} };
    },
  });
  void sendResponse(new Response(source, { headers: { "x-answer": "stream" } }), incoming, outgoing);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What comes over one connection, as it comes, until `answers` bodies are complete or the connection ends. */
const take = (sent: string, answers: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const packets: string[] = [];
    const client = net.connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write(sent));
    client.setEncoding("utf8").on("error", reject);
    client.on("data", (packet: string) => {
      packets.push(packet);
      const ends = packets.join("").split("\r\n0\r\n\r\n").length - 1;
      if (ends >= answers) client.end();
    });
    client.on("close", () => resolve(packets));
  });

/** The body of each answer, read as a client reads chunks. */
const bodies = (received: string): string[] => {
  const found: string[] = [];
  let rest = received;
  while (rest !== "") {
    expect(rest).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    rest = rest.slice(rest.indexOf("\r\n\r\n") + 4);
    let body = "";
    for (;;) {
      const end = rest.indexOf("\r\n");
      const size = Number.parseInt(rest.slice(0, end), 16);
      body += rest.slice(end + 2, end + 2 + size);
      rest = rest.slice(end + 2 + size + 2);
      if (size === 0) break;
    }
    found.push(body);
  }
  return found;
};

const both = ["id: 1\n\nid: 2\n\n", "id: 1\n\nid: 2\n\n"];

it.each<[string, (sink: TextSink) => void]>([
  [
    "at once",
    (sink) => {
      sink.write("id: 1\n\n");
      sink.write("id: 2\n\n");
      sink.end();
    },
  ],
  [
    "in a later turn, and ends in it",
    async (sink) => {
      await turn();
      await turn();
      sink.write("id: 1\n\n");
      sink.write("id: 2\n\n");
      sink.end();
    },
  ],
  [
    "in several turns, and ends in one of its own",
    async (sink) => {
      sink.write("id: 1\n\n");
      await turn();
      sink.write("id: 2\n\n");
      await turn();
      await turn();
      sink.end();
    },
  ],
])("sends a stream whole, and the next over the same connection, where it speaks %s", async (_, speak) => {
  say = speak;
  expect(bodies((await take(head + head, 2)).join(""))).toEqual(both);
});

it("sends the last words and the end of a stream in one packet", async () => {
  say = async (sink) => {
    sink.write("first");
    await turn();
    await turn();
    sink.write("last ");
    sink.write("words");
    sink.end();
  };
  const packets = await take(head, 1);
  // Newer Node makes one chunk of what was gathered.
  expect(packets.at(-1)).toMatch(/^[5a]\r\nlast .*words\r\n0\r\n\r\n$/s);
});
