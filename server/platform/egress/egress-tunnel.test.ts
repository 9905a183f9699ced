import type { LookupAddress } from "node:dns";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiEndpoint } from "@/runtime/model/openai-endpoint";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { createEgressDispatcher, type EgressDispatcherOptions, type Lookup } from "./egress-dispatcher";

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, "authority-fixture", name), "utf8");
const certificates = [pem("authority.pem")];

/** The names that this test's resolver knows. */
const addresses: Readonly<Record<string, string>> = {
  "models.example": "127.0.0.1",
  "other.example": "127.0.0.1",
  "metadata.example": "169.254.169.254",
};
const lookup: Lookup = (hostname, _options, callback) => {
  const address = addresses[hostname];
  if (address === undefined) return callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []);
  callback(null, [{ address, family: 4 } satisfies LookupAddress]);
};

let server: https.Server;
let plain: http.Server;
let proxy: http.Server;
const tunnels: { readonly to: string; readonly credentials: string | undefined }[] = [];
let password: string | null = null;
const portOf = (of: net.Server) => (of.address() as AddressInfo).port;
const listen = (of: net.Server) => new Promise<void>((resolve) => of.listen(0, "127.0.0.1", resolve));

beforeAll(async () => {
  const answer: http.RequestListener = (_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data: [{ id: "behind" }] }));
  };
  server = https.createServer({ key: pem("server-key.pem"), cert: pem("server.pem") }, answer);
  plain = http.createServer(answer);
  proxy = http.createServer((_, response) => response.writeHead(400).end());
  proxy.on("connect", (request, socket, head) => {
    tunnels.push({ to: request.url ?? "", credentials: request.headers["proxy-authorization"] });
    if (
      password !== null &&
      request.headers["proxy-authorization"] !== `Basic ${Buffer.from(password).toString("base64")}`
    ) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const way = net.connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      way.write(head);
      way.pipe(socket).pipe(way);
    });
    for (const end of [way, socket]) end.on("error", () => {});
  });
  await Promise.all([listen(server), listen(plain), listen(proxy)]);
});
afterAll(() => {
  for (const each of [server, plain, proxy]) {
    each.closeAllConnections();
    each.close();
  }
});

const models = async (baseUrl: string, options: Partial<EgressDispatcherOptions> = {}) => {
  const dispatcher = createEgressDispatcher({ mode: "local-network", lookup, ...options });
  const endpoint = createOpenAiEndpoint(
    { id: "lab", name: "Lab", baseUrl, apiKey: null, timeoutMs: 5_000 },
    { fetch: createUndiciFetch(dispatcher), clock: systemClock },
  );
  try {
    return await endpoint.models({ signal: new AbortController().signal });
  } finally {
    await dispatcher.destroy();
  }
};
const secure = (host = "models.example") => `https://${host}:${portOf(server)}/v1`;
const through = (credentials = "") => ({ proxy: `http://${credentials}127.0.0.1:${portOf(proxy)}` });

describe("a server with a certificate of its own authority", () => {
  it("is refused, with what to do about it", async () => {
    await expect(models(secure())).rejects.toMatchObject({
      message: expect.stringContaining("not trusted"),
      options: { hint: expect.stringContaining("certificate of its authority (CA)") },
    });
  });

  it("is trusted where that authority was given, and only under its own name", async () => {
    expect(await models(secure(), { certificates })).toEqual(["behind"]);
    await expect(models(secure("other.example"), { certificates })).rejects.toMatchObject({
      options: { hint: expect.stringContaining("host name") },
    });
  });
});

describe("a connection through a proxy", () => {
  it("leads to http and https alike, and asks for the address that was resolved and judged here", async () => {
    tunnels.length = 0;
    expect(await models(secure(), { certificates, ...through() })).toEqual(["behind"]);
    expect(await models(`http://models.example:${portOf(plain)}/v1`, through())).toEqual(["behind"]);
    expect(tunnels.map(({ to }) => to)).toEqual([`127.0.0.1:${portOf(server)}`, `127.0.0.1:${portOf(plain)}`]);
  });

  it("trusts no more than one without", async () => {
    await expect(models(secure(), through())).rejects.toMatchObject({
      message: expect.stringContaining("not trusted"),
    });
    await expect(models(secure("other.example"), { certificates, ...through() })).rejects.toThrow("not trusted");
  });

  it.each([
    ["http://169.254.169.254/v1", "local-network"],
    ["http://metadata.example/v1", "local-network"],
    ["http://[::ffff:169.254.169.254]/v1", "local-network"],
    ["http://models.example/v1", "public-only"],
    ["http://127.0.0.1/v1", "public-only"],
  ] as const)("is never asked for %s (%s)", async (baseUrl, mode) => {
    tunnels.length = 0;
    await expect(models(baseUrl, { mode, ...through() })).rejects.toMatchObject({ code: "model-address-blocked" });
    expect(tunnels).toEqual([]);
  });

  it("is not made to a name that nobody here knows, for the proxy might know it as something else", async () => {
    tunnels.length = 0;
    await expect(models("http://unknown.example/v1", through())).rejects.toThrow("cannot be resolved");
    expect(tunnels).toEqual([]);
  });

  it.each(["http://169.254.169.254:3128", "http://metadata.example:3128"])(
    "is not made to a proxy at %s",
    async (address) => {
      await expect(models(secure(), { proxy: address })).rejects.toMatchObject({ code: "model-address-blocked" });
    },
  );

  it("gives a name and password where they are asked for, and says where they are missing", async () => {
    password = "ann:s3cret";
    try {
      await expect(models(secure(), { certificates, ...through() })).rejects.toThrow("asks for a user name");
      expect(await models(secure(), { certificates, ...through("ann:s3cret@") })).toEqual(["behind"]);
    } finally {
      password = null;
    }
  });

  it("is refused in words where the proxy is none", async () => {
    const failure = await models(secure(), { certificates, proxy: `http://127.0.0.1:${portOf(plain)}` }).catch(
      (error: Error) => error,
    );
    expect((failure as Error).message).toMatch(/broke off|proxy/);
  });
});
