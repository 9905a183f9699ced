import { FormData, Response } from "undici";
import type { Files } from "@/runtime/capability/files/contract";
import {
  type ProvidedWeb,
  type WebBody,
  type WebReply,
  type WebRequest,
  webLimits,
} from "@/runtime/capability/web/contract";
import type { HttpResponse } from "@/runtime/model/http-fetch";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import { openCredential, type UsableCredential } from "@/server/domain/credential/open-credential";
import type { Database } from "@/server/platform/db/database";
import { cameToNoConnection, rootOf } from "@/server/platform/egress/no-connection";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";
import { fileName, isText, mediaTypeOf, textOf } from "./answer-form";
import { wayTo } from "./tool-hosts";
import { retryWait, waitFor } from "./web-retry";

/** Headers of an answer that are nobody's business, or sign somebody in. */
const hiddenHeaders = /^(?:set-cookie|www-authenticate|proxy-.*|authorization|authentication-info)$/i;
const shownHeaders = [
  "content-type",
  "content-disposition",
  "content-language",
  "date",
  "etag",
  "last-modified",
  "link",
  "location",
  "retry-after",
  "x-request-id",
  "x-total-count",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
].filter((name) => !hiddenHeaders.test(name));

interface Encoded {
  readonly bytes: Uint8Array | string | undefined;
  readonly type: string | null;
}

/** What steps of one workspace may ask of the web. */
export const webService = (database: Database, workspaceId: string, files: Files): ProvidedWeb => ({
  request: async (request, signal) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(request.milliseconds)]);
    try {
      const { toolHosts } = await interruptedByOutage(() =>
        database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { toolHosts: true } }),
      );
      const credential =
        request.credential === null ? null : await openCredential(database, workspaceId, request.credential);
      return await new Exchange(request, toolHosts, credential, files, limited).reply();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (limited.aborted) throw tooSlow(request);
      throw error;
    }
  },
});

const tooSlow = ({ url, milliseconds }: WebRequest): NodeFailure =>
  new NodeFailure("tool-timeout", `${hostOf(url)} did not answer within ${milliseconds / 1000} s.`, {
    hint: "Raise the step's longest wait, or ask for less.",
  });
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "The server");

/** One request with its redirects and repeats. */
class Exchange {
  #tries = 0;

  constructor(
    private readonly request: WebRequest,
    private readonly hosts: readonly string[],
    private readonly credential: UsableCredential | null,
    private readonly files: Files,
    private readonly signal: AbortSignal,
  ) {}

  async reply(): Promise<WebReply> {
    const body = await this.#encode(this.request.body);
    for (let failed = 0; ; failed += 1) {
      try {
        const { response, url } = await this.#follow(body);
        if (response.status === 401 && this.credential?.refused() === true && failed <= this.request.retries) {
          await drop(response);
          continue;
        }
        const isPassing = this.request.retryStatuses.includes(response.status);
        const wait = isPassing ? retryWait(failed, this.request.retries, response.header("retry-after")) : null;
        if (wait === null) return await this.#read(response, url);
        await drop(response);
        await waitFor(wait, this.signal);
      } catch (error) {
        const failure = this.#failure(error);
        const wait = failure.code === "tool-unavailable" ? retryWait(failed, this.request.retries, null) : null;
        if (wait === null) throw failure;
        await waitFor(wait, this.signal);
      }
    }
  }

  /** Follows redirects by hand: each address is judged as the first was, and a credential goes only where it may. */
  async #follow(body: Encoded): Promise<{ readonly response: HttpResponse; readonly url: URL }> {
    let url = new URL(this.request.url);
    let method: string = this.request.method;
    let sent = body;
    const origin = url.origin;
    for (let hops = 0; ; hops += 1) {
      const response = await this.#send(method, url, sent, url.origin === origin);
      const location = response.header("location");
      if (response.status < 301 || response.status > 308 || response.status === 304 || location === null)
        return { response, url };
      await drop(response);
      if (hops >= webLimits.redirects)
        throw new NodeFailure("tool-protocol", `${url.host} redirects more than ${webLimits.redirects} times.`);
      if (!URL.canParse(location, url))
        throw new NodeFailure("tool-protocol", `${url.host} redirects to what is no address.`);
      url = new URL(location, url);
      if (response.status === 303 || ((response.status === 301 || response.status === 302) && method === "POST")) {
        method = method === "HEAD" ? "HEAD" : "GET";
        sent = { bytes: undefined, type: null };
      }
    }
  }

  async #send(method: string, address: URL, body: Encoded, isFirstOrigin: boolean): Promise<HttpResponse> {
    const { credential, hosts, signal } = this;
    const signed = { url: new URL(address), headers: {} as Record<string, string> };
    const way = wayTo(address, hosts);
    for (const { name, value } of this.request.headers) {
      // What the author wrote for one host is not for another that it redirects to.
      if (isFirstOrigin || /^accept/i.test(name)) signed.headers[name.toLowerCase()] = value;
    }
    if (body.type !== null) signed.headers["content-type"] = body.type;
    signed.headers["user-agent"] ??= "Pipewright";
    if (credential !== null) {
      if (credential.mayGoTo(address)) await credential.sign(signed, (url) => wayTo(url, hosts).fetch, signal);
      else if (isFirstOrigin) {
        throw new NodeFailure("tool-blocked", `The credential "${credential.name}" is not for ${address.host}.`, {
          hint: "An owner of the workspace can add the host to the credential.",
        });
      }
    }
    this.#tries += 1;
    const isFirst = this.#tries === 1;
    if (isFirst) this.request.onSent?.(true);
    try {
      return await way.fetch(signed.url.href, {
        method,
        headers: signed.headers,
        signal,
        ...(body.bytes === undefined ? {} : { body: body.bytes }),
      });
    } catch (error) {
      if (isFirst && cameToNoConnection(error)) this.request.onSent?.(false);
      throw error;
    }
  }

  async #read(response: HttpResponse, url: URL): Promise<WebReply> {
    const { result } = this.request;
    const mediaType = mediaTypeOf(response.header("content-type"));
    const asFile = result === "file" || (result === "auto" && mediaType !== "" && !isText(mediaType));
    const most = asFile ? webLimits.fileBytes : (this.request.mostTextBytes ?? webLimits.textBytes);
    const chunks: Uint8Array[] = [];
    let size = 0;
    if (this.request.method !== "HEAD") {
      for await (const chunk of response.body) {
        size += chunk.byteLength;
        if (size > most) {
          throw new NodeFailure(
            "value-too-large",
            `${url.host} answers more than ${most.toLocaleString("en")} bytes.`,
            {
              hint: asFile ? "Ask for a smaller file." : "Ask for less, or keep the answer as a file.",
            },
          );
        }
        chunks.push(chunk);
      }
    }
    const bytes = Buffer.concat(chunks);
    const hide = (text: string) => this.credential?.hide(text) ?? text;
    const headers = Object.fromEntries(
      shownHeaders.flatMap((name) => {
        const value = response.header(name);
        return value === null ? [] : [[name, hide(value).slice(0, 4_000)]];
      }),
    );
    const base = { status: response.status, headers, mediaType, url: hide(url.href), tries: this.#tries };
    if (asFile && response.status < 400 && size > 0) {
      // One character a byte, there and back: whatever encoding the words are in, what is not hidden stays as it came.
      const kept =
        this.credential !== null && isText(mediaType) ? Buffer.from(hide(bytes.toString("latin1")), "latin1") : bytes;
      const name = fileName(response.header("content-disposition"), url, mediaType);
      const file = await this.files.store({ name, mediaType: mediaType || "application/octet-stream", bytes: kept });
      return { ...base, text: null, file };
    }
    return { ...base, text: hide(textOf(bytes, response.header("content-type"))), file: null };
  }

  async #encode(body: WebBody | null): Promise<Encoded> {
    if (body === null) return { bytes: undefined, type: null };
    if (body.kind === "text") return { bytes: body.text, type: body.mediaType };
    if (body.kind === "form") {
      const form = new URLSearchParams(body.fields.map(({ name, value }) => [name, value]));
      return { bytes: form.toString(), type: "application/x-www-form-urlencoded" };
    }
    const form = new FormData();
    let size = 0;
    for (const each of body.fields) {
      if ("value" in each) form.append(each.name, each.value);
      else {
        const bytes = await this.files.read(each.file);
        size += bytes.byteLength;
        if (size > webLimits.formBytes)
          throw new NodeFailure(
            "value-too-large",
            `The files are larger than ${webLimits.formBytes / 1024 / 1024} MB.`,
          );
        form.append(each.name, new Blob([new Uint8Array(bytes)], { type: each.file.mediaType }), each.file.name);
      }
    }
    const encoded = new Response(form);
    return { bytes: new Uint8Array(await encoded.arrayBuffer()), type: encoded.headers.get("content-type") };
  }

  #failure(error: unknown): NodeFailure {
    if (this.signal.aborted) throw this.signal.reason;
    const { host } = new URL(this.request.url);
    const cause = rootOf(error);
    if (isNodeFailure(cause)) {
      if (cause.code !== "model-address-blocked") return cause;
      return new NodeFailure(
        "tool-blocked",
        cause.message.replace("The endpoint's address", `The address of ${host}`),
        {
          hint: "Name the host under Settings, Hosts for tools, where a private address is meant.",
        },
      );
    }
    const code = (cause as { code?: unknown } | null)?.code;
    const why = typeof code === "string" ? ` (${code})` : "";
    return new NodeFailure("tool-unavailable", `${host} could not be reached${why}.`, {
      hint: "Check the address, and whether the service is up.",
      ...(cause instanceof Error ? { cause } : {}),
    });
  }
}

/** An answer that is not read: the connection is let go. */
const drop = async (response: HttpResponse): Promise<void> => {
  for await (const _ of response.body) break;
};
