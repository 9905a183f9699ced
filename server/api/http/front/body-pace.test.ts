import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BodyPace } from "./body-pace";

const limits = { silenceMs: 1_000, graceMs: 5_000, leastRate: 100, checkMs: 3_600_000 };
let now = 0;
const pace = new BodyPace(limits, () => now);
let answer: (incoming: http.IncomingMessage, outgoing: http.ServerResponse) => void = () => {};
const server = http.createServer((incoming, outgoing) => {
  pace.watch(incoming, outgoing);
  answer(incoming, outgoing);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A connection whose request has begun to come. */
const begin = async (length: number) => {
  let received = "";
  const client = net.connect((server.address() as AddressInfo).port, "127.0.0.1");
  const closed = new Promise<string>((resolve) => client.on("close", () => resolve(received)));
  client.setEncoding("utf8").on("data", (part) => {
    received += part;
  });
  client.on("error", () => {});
  const asked = new Promise<http.IncomingMessage>((resolve) =>
    server.once("request", (incoming: http.IncomingMessage) => resolve(incoming)),
  );
  client.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`);
  const incoming = await asked;
  const send = async (text: string) => {
    const came = new Promise((resolve) => incoming.once("data", resolve));
    client.write(text);
    await came;
  };
  return { client, closed, send, incoming };
};
const after = (ms: number) => {
  now += ms;
  pace.check();
};

it("cuts a body that falls silent, and says so", async () => {
  answer = (incoming) => incoming.on("error", () => {}).resume();
  const { closed, send } = await begin(100);
  await send("x");
  after(900);
  await send("x");
  after(900);
  after(900);
  after(200);
  expect(await closed).toMatch(/^HTTP\/1\.1 408 .*"code":"request-timeout"/s);
});

it("cuts a body that drips, however steadily", async () => {
  answer = (incoming) => incoming.on("error", () => {}).resume();
  const { closed, send } = await begin(1_000_000);
  for (let second = 0; second < 6; second++) {
    await send("x");
    after(900);
  }
  await send("x");
  after(900);
  expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
});

it("leaves a body alone that comes slowly but well, and one that nobody here takes", async () => {
  answer = (incoming, outgoing) => {
    incoming.on("error", () => {}).resume();
    incoming.on("end", () => outgoing.end("done"));
  };
  const { client, closed, send } = await begin(2_000);
  for (let second = 0; second < 20; second++) {
    await send("x".repeat(100));
    after(900);
  }
  client.end();
  expect(await closed).toContain("done");

  answer = () => {};
  const waiting = await begin(10);
  const readable = new Promise((resolve) => waiting.incoming.once("readable", resolve));
  waiting.client.write("xxxxx");
  await readable;
  after(60_000);
  expect(waiting.incoming.destroyed).toBe(false);
  waiting.client.destroy();
});

it("cuts one that goes on after its answer", async () => {
  answer = (_, outgoing) => outgoing.end("refused");
  const { closed, client } = await begin(1_000_000);
  await new Promise((resolve) => client.once("data", resolve));
  after(0);
  after(10_000);
  expect(await closed).toMatch(/^HTTP\/1\.1 200 .*refused/s);
});
