import type { HttpFetch } from "@/runtime/model/http-fetch";
import { createKeyMask } from "@/runtime/model/mask-key";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { matchesHost } from "@/server/platform/egress/host-rule";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";
import type { CredentialSettings } from "./credential.types";
import { openSecret } from "./credential-secret";
import { readSettings } from "./credential-view";

/** A credential as it is used. Never leaves the server. */
export interface UsableCredential {
  readonly name: string;
  /** Whether it may be sent there. */
  mayGoTo(url: URL): boolean;
  /** Adds what signs in. `fetch`: the way to the address that gives tokens. */
  sign(request: Signed, fetch: (url: URL) => HttpFetch, signal: AbortSignal): Promise<void>;
  /** The server refused it: a token that was kept is asked for again. Whether that is of use. */
  refused(): boolean;
  /** Takes it out of what the other side says. */
  hide(text: string): string;
}

export interface Signed {
  url: URL;
  readonly headers: Record<string, string>;
}

const unknown = (name: string, message: string): NodeFailure =>
  new NodeFailure("credential-unknown", message, { hint: `Look at "${name}" under Settings, Credentials.` });

interface Token {
  readonly value: string;
  readonly until: number;
}
// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightTokens?: Map<string, Token> } = globalThis;
const tokens = (): Map<string, Token> => {
  shared.pipewrightTokens ??= new Map();
  return shared.pipewrightTokens;
};
const mostTokens = 1_000;

/** The forms in which a secret may come back: as it is, within JSON, as the user name and password of a header; and in bytes that are looked at one by one. */
const maskOf = (secrets: readonly string[]) => {
  const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
  const forms = secrets.flatMap((secret) => [
    ...new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      bytes(secret),
      bytes(JSON.stringify(secret).slice(1, -1)),
    ]),
  ]);
  const masks = forms.map((form) => createKeyMask(form));
  return (text: string) => masks.reduce((hidden, mask) => mask.text(hidden), text);
};

/** Throws `NodeFailure` where there is none of this name, or it does not open. */
export const openCredential = async (
  { prisma }: Database,
  workspaceId: string,
  name: string,
  now: () => number = Date.now,
): Promise<UsableCredential> => {
  const row = await interruptedByOutage(() =>
    prisma.credential.findUnique({ where: { workspaceId_name: { workspaceId, name } } }),
  );
  if (row === null) throw unknown(name, `There is no credential "${name}".`);
  const settings = readSettings(row.kind, row.settings);
  const secret = openSecret(row.id, row.secretCipher);
  if (settings === null || secret === null)
    throw unknown(name, `The credential "${name}" cannot be opened. Enter it again.`);
  const secrets = [secret, ...(settings.kind === "basic" ? [basic(settings.user, secret)] : [])];
  let hide = maskOf(secrets);
  const key = `${row.id} ${row.updatedAt.getTime()}`;
  let isFresh = false;
  return {
    name,
    mayGoTo: (url) => row.hosts.some((rule) => matchesHost(url, rule)),
    sign: async (request, fetch, signal) => {
      if (settings.kind !== "oauth2") {
        sign(settings, secret, request);
        return;
      }
      const known = tokens().get(key);
      isFresh = known === undefined || known.until <= now();
      const token =
        known !== undefined && !isFresh
          ? known
          : await askForToken(settings, secret, fetch(new URL(settings.tokenUrl)), signal, now, hide);
      if (tokens().size >= mostTokens) tokens().clear();
      tokens().set(key, token);
      hide = maskOf([...secrets, token.value]);
      request.headers.authorization = `Bearer ${token.value}`;
    },
    refused: () => settings.kind === "oauth2" && !isFresh && tokens().delete(key),
    hide: (text) => hide(text),
  };
};

const basic = (user: string, password: string): string => Buffer.from(`${user}:${password}`, "utf8").toString("base64");

const sign = (settings: Exclude<CredentialSettings, { kind: "oauth2" }>, secret: string, request: Signed): void => {
  switch (settings.kind) {
    case "bearer":
      request.headers.authorization = `Bearer ${secret}`;
      break;
    case "basic":
      request.headers.authorization = `Basic ${basic(settings.user, secret)}`;
      break;
    case "header":
      request.headers[settings.header.toLowerCase()] = secret;
      break;
    case "query":
      request.url.searchParams.set(settings.parameter, secret);
      break;
    default:
      settings satisfies never;
  }
};

const tokenBytes = 100_000;
const shortestTokenSeconds = 30;

/** RFC 6749, 4.4: the client signs in for itself. */
const askForToken = async (
  settings: Extract<CredentialSettings, { kind: "oauth2" }>,
  secret: string,
  fetch: HttpFetch,
  signal: AbortSignal,
  now: () => number,
  hide: (text: string) => string,
): Promise<Token> => {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    ...(settings.scope === "" ? {} : { scope: settings.scope }),
  }).toString();
  const authorization = `Basic ${basic(encodeURIComponent(settings.clientId), encodeURIComponent(secret))}`;
  const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json", authorization };
  const reply = await fetch(settings.tokenUrl, { method: "POST", headers, body, signal });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply.body) {
    size += chunk.byteLength;
    if (size > tokenBytes) break;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  let read: { access_token?: unknown; expires_in?: unknown; error_description?: unknown; error?: unknown } = {};
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    read = {};
  }
  if (reply.status >= 400 || typeof read.access_token !== "string" || read.access_token === "") {
    const said = [read.error, read.error_description].filter((each) => typeof each === "string").join(": ");
    throw new NodeFailure(
      "tool-rejected",
      `No token was given (status ${reply.status})${said === "" ? "" : `: ${hide(said).slice(0, 300)}`}.`,
      { hint: "Check the client id, the secret and the scope of the credential." },
    );
  }
  const seconds = typeof read.expires_in === "number" && read.expires_in > 0 ? read.expires_in : 300;
  return { value: read.access_token, until: now() + Math.max(shortestTokenSeconds, seconds - 30) * 1000 };
};
