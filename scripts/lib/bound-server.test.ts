import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { boundServer, readConnectionLimits } from "./bound-server.mjs";

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (limits: Parameters<typeof boundServer>[1]) => {
  let served = 0;
  const server = http.createServer({ connectionsCheckingInterval: 20 }, (_, outgoing) => {
    served += 1;
    outgoing.end("served");
  });
  boundServer(server, limits);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const connect = (sent = "") => {
    let received = "";
    const socket = net.connect((server.address() as AddressInfo).port, "127.0.0.1");
    const closed = new Promise<string>((resolve) => socket.on("close", () => resolve(received)));
    const answered = new Promise<void>((resolve) => socket.once("data", () => resolve()));
    const open = new Promise<void>((resolve) => server.once("connection", () => resolve()));
    socket.setEncoding("utf8").on("data", (part) => {
      received += part;
    });
    socket.on("error", () => {});
    if (sent !== "") socket.write(sent);
    return { socket, closed, answered, open };
  };
  return { connect, served: () => served };
};
const request = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";
const patient = { headMs: 60_000, idleMs: 60_000 };

it("refuses connections beyond the total in words, serves nothing on them, and takes others when one has gone", async () => {
  const { connect, served } = await serve({ ...patient, total: 2, ofAddress: 10 });
  const first = connect();
  await first.open;
  const second = connect();
  await second.open;
  const refused = await connect(request).closed;
  expect(refused).toMatch(/^HTTP\/1\.1 503 .*retry-after: 2.*"code":"too-many-connections"/s);
  expect(served()).toBe(0);
  first.socket.destroy();
  await first.closed;
  const third = connect(request);
  await third.answered;
  expect(served()).toBe(1);
});

it("refuses connections beyond the number of an address", async () => {
  const { connect } = await serve({ ...patient, total: 10, ofAddress: 1 });
  await connect().open;
  expect(await connect(request).closed).toMatch(/^HTTP\/1\.1 429 .*from this address/s);
});

it("makes room by closing connections that only wait for another request", async () => {
  const { connect } = await serve({ ...patient, total: 1, ofAddress: 10 });
  const idle = connect(request);
  await idle.answered;
  expect(await connect(request).closed).toMatch(/^HTTP\/1\.1 503 /);
  await idle.closed;
  const next = connect(request);
  await next.answered;
});

it.each([
  ["nothing", ""],
  ["half a head", "GET / HTTP/1.1\r\nhost: x\r\nx-slow:"],
])("ends a connection that sends %s in its time", async (_, sent) => {
  const { connect } = await serve({ headMs: 60, idleMs: 60, total: 10, ofAddress: 10 });
  expect(await connect(sent).closed).toMatch(/^HTTP\/1\.1 408 .*"code":"request-timeout"/s);
});

it.each([
  ["what is not HTTP", "hello\r\n\r\n", 400, "not-http"],
  ["a head without end", `GET / HTTP/1.1\r\nx: ${"y".repeat(100_000)}`, 431, "headers-too-large"],
  ["two lengths", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", 400, "not-http"],
  [
    "a length beside chunks",
    "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
    "not-http",
  ],
])("refuses %s in words", async (_, sent, status, code) => {
  const { connect } = await serve({ ...patient, total: 10, ofAddress: 10 });
  const received = await connect(sent).closed;
  expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(JSON.parse(received.slice(received.indexOf("{")))).toMatchObject({ error: { code } });
});

it("reads the numbers that an operator has set", () => {
  expect(readConnectionLimits({})).toEqual({});
  expect(readConnectionLimits({ PIPEWRIGHT_CONNECTIONS: "100", PIPEWRIGHT_CONNECTIONS_PER_ADDRESS: " 50 " })).toEqual({
    total: 100,
    ofAddress: 50,
  });
  expect(() => readConnectionLimits({ PIPEWRIGHT_CONNECTIONS: "many" })).toThrow("whole number");
});

it("cuts off clients that take nothing, however many, and lets one wait that has nothing to take", async () => {
  let begun = 0;
  let held = 0;
  const server = http.createServer((incoming, outgoing) => {
    if (incoming.url === "/silent") {
      // Several times as long as one may take nothing.
      setTimeout(() => outgoing.end("at last"), 400).unref();
      return;
    }
    begun += 1;
    held += 1;
    outgoing.once("close", () => {
      held -= 1;
    });
    const part = "x".repeat(64 * 1024);
    const write = () => {
      while (outgoing.write(part));
    };
    outgoing.on("drain", write);
    write();
  });
  boundServer(server, { ...patient, stalledMs: 100 });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const deaf = Array.from({ length: 100 }, () => {
    const socket = net.connect(port, "127.0.0.1").on("error", () => {});
    socket.pause();
    socket.write("GET /much HTTP/1.1\r\nhost: x\r\n\r\n");
    return socket;
  });
  const silent = fetch(`http://127.0.0.1:${port}/silent`).then((answer) => answer.text());
  expect(await silent).toBe("at last");
  await expect.poll(() => [begun, held], { timeout: 20_000 }).toEqual([100, 0]);
  for (const socket of deaf) socket.destroy();
});
