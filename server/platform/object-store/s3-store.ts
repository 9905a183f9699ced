import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { AwsV4Signer } from "aws4fetch";
import { type Dispatcher, request } from "undici";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { createEgressDispatcher } from "@/server/platform/egress/egress-dispatcher";
import { type ByteRange, checkKey, type ObjectStore, type StoredObject } from "./object-store";
import { readListing } from "./read-listing";
import type { S3Settings } from "./s3-settings";

const emptyHash = createHash("sha256").digest("hex");

/** A service that is busy says so with these; everything here may be sent twice. */
const passing = new Set([429, 500, 502, 503, 504]);
const mostTries = 3;
const idleMs = 60_000;

interface Call {
  readonly method: "GET" | "PUT" | "HEAD" | "DELETE";
  /** Path below the bucket. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodyHash?: string;
  /** Made anew for each try. */
  readonly body?: () => Uint8Array | Readable;
}

/** Objects in a bucket of any service that speaks S3, addressed by path. Requests are signed (version 4) by aws4fetch. */
export class S3Store implements ObjectStore {
  readonly #dispatcher: Dispatcher;

  constructor(
    private readonly settings: S3Settings,
    // The operator names the address, so a private one is fine; those of cloud metadata never are.
    dispatcher: Dispatcher = createEgressDispatcher({ mode: "local-network" }),
  ) {
    this.#dispatcher = dispatcher;
  }

  async put(key: string, content: Parameters<ObjectStore["put"]>[1]): Promise<void> {
    const isBytes = content instanceof Uint8Array;
    const answer = await this.#send({
      method: "PUT",
      path: checkKey(key),
      headers: { "content-length": String(isBytes ? content.byteLength : content.size) },
      bodyHash: isBytes ? createHash("sha256").update(content).digest("hex") : content.sha256,
      body: () => (isBytes ? content : createReadStream(content.path)),
    });
    if (answer.statusCode !== 200) throw await this.#failure("store", answer);
    await answer.body.dump();
  }

  async get(key: string, range?: ByteRange): Promise<Readable | null> {
    const answer = await this.#send({
      method: "GET",
      path: checkKey(key),
      headers: range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` },
    });
    if (answer.statusCode === 404) {
      await answer.body.dump();
      return null;
    }
    if (answer.statusCode !== (range === undefined ? 200 : 206)) throw await this.#failure("read", answer);
    return answer.body;
  }

  async stat(key: string): Promise<{ readonly size: number } | null> {
    const answer = await this.#send({ method: "HEAD", path: checkKey(key) });
    await answer.body.dump();
    if (answer.statusCode === 404) return null;
    if (answer.statusCode !== 200) throw await this.#failure("look up", answer);
    return { size: Number(answer.headers["content-length"]) };
  }

  async delete(key: string): Promise<void> {
    const answer = await this.#send({ method: "DELETE", path: checkKey(key) });
    if (![200, 204, 404].includes(answer.statusCode)) throw await this.#failure("delete", answer);
    await answer.body.dump();
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    let token: string | null = null;
    do {
      const query: Record<string, string> = { "list-type": "2", prefix, ...(token && { "continuation-token": token }) };
      const answer = await this.#send({ method: "GET", path: "", query });
      if (answer.statusCode !== 200) throw await this.#failure("list", answer);
      const page = readListing(await answer.body.text());
      yield* page.objects;
      token = page.next;
    } while (token !== null);
  }

  async #send(call: Call): Promise<Dispatcher.ResponseData> {
    for (let tried = 1; ; tried += 1) {
      try {
        const answer = await this.#sendOnce(call);
        if (tried === mostTries || !passing.has(answer.statusCode)) return answer;
        await answer.body.dump();
      } catch (error) {
        // An address that is blocked stays blocked.
        if (tried === mostTries || isNodeFailure(error)) throw error;
      }
      await wait(100 * 4 ** tried);
    }
  }

  async #sendOnce({ method, path, query, headers, bodyHash, body }: Call): Promise<Dispatcher.ResponseData> {
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = this.settings;
    const url = new URL(`${endpoint}/${bucket}${path === "" ? "" : `/${path}`}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      // Named, so that the signer need not read the body.
      headers: { "x-amz-content-sha256": bodyHash ?? emptyHash, ...headers },
      service: "s3",
      region,
      accessKeyId,
      secretAccessKey,
    });
    const signed = await signer.sign();
    return request(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      body: body?.() ?? null,
      dispatcher: this.#dispatcher,
      headersTimeout: idleMs,
      bodyTimeout: idleMs,
    });
  }

  async #failure(what: string, answer: Dispatcher.ResponseData): Promise<Error> {
    const text = await answer.body.text().catch(() => "");
    const code = /<Code>(\w{1,60})<\/Code>/.exec(text)?.[1] ?? "";
    return new Error(`The object store could not ${what} an object: ${answer.statusCode} ${code}`.trim());
  }
}
