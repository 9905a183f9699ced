import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { S3Settings } from "./s3-settings";

const hash = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** What AWS documents as Signature Version 4, written from the document and not from the client: it has to agree with both. */
const expectedSignature = (
  { method, headers, url }: IncomingMessage,
  { secretAccessKey, region }: S3Settings,
  authorization: string,
): string => {
  const signedHeaders = /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? "";
  const target = new URL(url ?? "/", "http://localhost");
  const query = [...target.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join("&");
  const canonicalHeaders = signedHeaders.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  const date = String(headers["x-amz-date"]);
  const canonical = [
    method,
    target.pathname
      .split("/")
      .map((part) => encode(decodeURIComponent(part)))
      .join("/"),
    query,
    canonicalHeaders.join(""),
    signedHeaders,
    String(headers["x-amz-content-sha256"]),
  ].join("\n");
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, hash(canonical)].join("\n");
  const key = [date.slice(0, 8), region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
};

export interface TestS3 {
  readonly settings: S3Settings;
  readonly objects: ReadonlyMap<string, { readonly body: Buffer; readonly at: Date }>;
  /** The next so many requests are answered with 503. */
  failNext(count: number): void;
  close(): Promise<void>;
}

/** For tests: as much of S3 as the store uses, in memory, with every signature and every body's hash checked. Pages of a listing are small. */
export const startTestS3 = async (): Promise<TestS3> => {
  const objects = new Map<string, { body: Buffer; at: Date }>();
  let failures = 0;
  let settings: S3Settings;

  const refuse = (outgoing: ServerResponse, status: number, code: string) =>
    outgoing.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);

  const listing = (query: URLSearchParams): string => {
    const after = query.get("continuation-token") ?? "";
    const keys = [...objects.keys()]
      .filter((key) => key.startsWith(query.get("prefix") ?? "") && key > after)
      .toSorted();
    const page = keys.slice(0, 3);
    const contents = page.map((key) => {
      const object = objects.get(key);
      return `<Contents><Key>${key}</Key><LastModified>${object?.at.toISOString()}</LastModified><Size>${object?.body.length}</Size></Contents>`;
    });
    const more = keys.length > page.length;
    const token = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${contents.join("")}</ListBucketResult>`;
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<unknown> => {
    const body = await buffer(incoming);
    if (failures > 0) {
      failures -= 1;
      return refuse(outgoing, 503, "SlowDown");
    }
    const authorization = incoming.headers.authorization ?? "";
    const signature = /Signature=([0-9a-f]{64})$/.exec(authorization)?.[1];
    if (!authorization.includes(`Credential=${settings.accessKeyId}/`))
      return refuse(outgoing, 403, "InvalidAccessKeyId");
    if (signature !== expectedSignature(incoming, settings, authorization)) {
      return refuse(outgoing, 403, "SignatureDoesNotMatch");
    }
    if (hash(body) !== incoming.headers["x-amz-content-sha256"])
      return refuse(outgoing, 400, "XAmzContentSHA256Mismatch");
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const [, bucket, ...parts] = url.pathname.split("/");
    const key = parts.join("/");
    if (bucket !== settings.bucket) return refuse(outgoing, 404, "NoSuchBucket");
    if (key === "") return outgoing.writeHead(200).end(listing(url.searchParams));
    if (incoming.method === "PUT") {
      objects.set(key, { body, at: new Date() });
      return outgoing.writeHead(200).end();
    }
    if (incoming.method === "DELETE") {
      objects.delete(key);
      return outgoing.writeHead(204).end();
    }
    const found = objects.get(key);
    if (found === undefined) return refuse(outgoing, 404, "NoSuchKey");
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(incoming.headers.range ?? "") ?? [];
    const sent = start === undefined ? found.body : found.body.subarray(Number(start), Number(end) + 1);
    outgoing.writeHead(start === undefined ? 200 : 206, { "content-length": sent.length });
    return outgoing.end(incoming.method === "HEAD" ? undefined : sent);
  };

  const server: Server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  settings = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket: "files",
    region: "eu-test-1",
    accessKeyId: "TESTKEY",
    secretAccessKey: "test/secret+key",
  };
  return {
    settings,
    objects,
    failNext: (count) => {
      failures = count;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
