import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { answerUnread } from "@/server/platform/lean/leave-body";
import { forwardTo } from "./forward";

let answer: http.RequestListener = () => {};
const inner = http
  .createServer((incoming, outgoing) => answer(incoming, outgoing))
  .on("checkContinue", (incoming, outgoing) => answer(incoming, outgoing));
const socket = await createSocketAddress();
const forward = forwardTo(socket);
const outer = http.createServer(forward).on("checkContinue", forward);
let port: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => inner.listen(socket, resolve));
  await new Promise<void>((resolve) => outer.listen(0, "127.0.0.1", resolve));
  ({ port } = outer.address() as AddressInfo);
});
afterAll(() => {
  for (const server of [outer, inner]) {
    server.close();
    server.closeAllConnections();
  }
});

/** Sends bytes as they are, and reads until the connection ends or the text has come. */
const raw = (sent: string, until?: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = "";
    const client = net.connect(port, "127.0.0.1", () => client.write(sent));
    client.setEncoding("utf8").on("error", reject);
    client.on("data", (part) => {
      received += part;
      if (until?.test(received)) client.destroy();
    });
    client.on("close", () => resolve(received));
  });

const bodyOf = async (incoming: http.IncomingMessage): Promise<string> => {
  let text = "";
  for await (const part of incoming.setEncoding("utf8")) text += part;
  return text;
};

it("passes method, address, headers and body on, and status, headers and body back", async () => {
  answer = async (incoming, outgoing) => {
    const { method, url, rawHeaders } = incoming;
    outgoing.writeHead(207, "Said", ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Case", "Kept"]);
    outgoing.end(JSON.stringify({ method, url, rawHeaders, body: await bodyOf(incoming) }));
  };
  const sent =
    "POST /a?b=%2F HTTP/1.1\r\nHost: named\r\nX-Two: 1\r\nX-Two: 2\r\nTE: trailers\r\nContent-Length: 5\r\n\r\nhello";
  const received = await raw(sent, /\}/);
  expect(received).toMatch(/^HTTP\/1\.1 207 Said\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Case: Kept\r\n/);
  const seen = JSON.parse(/\{.*\}/s.exec(received)?.[0] ?? "");
  expect(seen).toMatchObject({ method: "POST", url: "/a?b=%2F", body: "hello" });
  expect(seen.rawHeaders.join()).toMatch(/Host,named,X-Two,1,X-Two,2,Content-Length,5/);
  expect(seen.rawHeaders.join()).not.toMatch(/trailers/);
});

it("passes a body in chunks on, and what is streamed back as it comes", async () => {
  let say = (_text: string) => {};
  answer = async (incoming, outgoing) => {
    outgoing.writeHead(200, { "content-type": "text/event-stream" });
    outgoing.flushHeaders();
    const body = await bodyOf(incoming);
    say = (text) => void outgoing.write(text);
    say(`got ${body};`);
  };
  const head = "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
  expect(await raw(`${head}3\r\nabc\r\n0\r\n\r\n`, /got abc;/)).toContain("text/event-stream");
});

it("lets the interface say whether a body is to be sent", async () => {
  answer = async (incoming, outgoing) => {
    if (incoming.url === "/no") return void outgoing.writeHead(413, { connection: "close" }).end("too large");
    outgoing.writeContinue();
    outgoing.end(`took ${await bodyOf(incoming)}`);
  };
  const head = (url: string) => `POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\nexpect: 100-continue\r\n\r\n`;
  expect(await raw(head("/no"))).toMatch(/^HTTP\/1\.1 413 .*too large\r\n/s);
  const client = net.connect(port, "127.0.0.1", () => client.write(head("/yes")));
  const received = await new Promise<string>((resolve) => {
    let text = "";
    client.setEncoding("utf8").on("data", (part) => {
      text += part;
      if (text === "HTTP/1.1 100 Continue\r\n\r\n") client.write("body");
      if (text.includes("took body")) resolve(text);
    });
  });
  client.destroy();
  expect(received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
});

it("lets go of a sender whose body was refused, who reads why first", async () => {
  answer = (incoming, outgoing) => {
    outgoing.statusCode = 413;
    answerUnread(incoming, outgoing, "too large", { bytes: 10, ms: 50 });
  };
  const received = await raw(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n${"x".repeat(100)}`);
  expect(received).toMatch(/^HTTP\/1\.1 413 [^\r]*\r\n.*connection: close\r\n.*too large$/is);
});

it("tells the interface when the caller has gone", async () => {
  const gone = new Promise<void>((resolve) => {
    answer = (incoming, outgoing) => {
      outgoing.once("close", resolve);
      outgoing.writeHead(200).write("begun");
      incoming.resume();
    };
  });
  await raw("GET / HTTP/1.1\r\nhost: x\r\n\r\n", /begun/);
  await gone;
});

it("says that the interface is starting where nobody answers: in JSON to programs, in words to people", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const lonely = http.createServer(forwardTo(`${socket}-nobody`));
  await new Promise<void>((resolve) => lonely.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(lonely.address() as AddressInfo).port}`;
  const api = await fetch(`${origin}/api/health`);
  expect([api.status, api.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await api.json()).toMatchObject({ error: { code: "starting" } });
  const page = await fetch(`${origin}/runs`);
  expect(page.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await page.text()).toMatch(/is starting/);
  expect(said).toHaveBeenCalledOnce();
  lonely.close();
  lonely.closeAllConnections();
});

it("goes on over a new connection where the interface closed the one kept", async () => {
  answer = (_, outgoing) => outgoing.writeHead(200, { connection: "close" }).end("once");
  for (let time = 0; time < 3; time += 1) {
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("once");
  }
});
