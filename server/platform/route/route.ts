import { randomUUID } from "node:crypto";
import { identify } from "@/server/platform/auth/identify";
import { type Database, getDatabase } from "@/server/platform/db/database";
import { permits } from "@/server/platform/guard/access";
import { isOwnHost, readAddress } from "@/server/platform/guard/address";
import { withBodyPlace } from "@/server/platform/guard/body-places";
import { bodyLimits, parseJson, readJsonText } from "@/server/platform/guard/bounded-body";
import type { Holder } from "@/server/platform/guard/fair-places";
import type { Member } from "@/server/platform/guard/member";
import { isSameOrigin } from "@/server/platform/guard/origin";
import type { Role } from "@/server/platform/guard/role";
import { RouteRefusal, refusalAnswer } from "@/server/platform/guard/route-refusal";
import { Answer, toResponse } from "@/server/platform/lean/answer";
import { allHeaders } from "@/server/platform/lean/lean-headers";
import { outageOf, outageRefusal } from "@/server/platform/readiness/outage";
import { crossOriginHeaders, type OriginScope } from "./allowed-origins";
import { authenticateKey, type KeyHolder } from "./bearer";

/** Who may call a route. `public` also needs its name on guard/public-list.ts. */
export type RouteGuard =
  | { readonly auth: "public"; readonly anyHost?: boolean }
  | { readonly auth: "session"; readonly role: Role }
  | {
      readonly auth: "api-key";
      /** Where the address says whose it is: the workspace that it belongs to, null where there is none. */
      readonly workspaceOf?: (
        database: Database,
        parameters: Readonly<Record<string, string>>,
      ) => Promise<string | null>;
      /** How a refusal is said, where its callers know another form than this API's own. */
      readonly refusal?: (refusal: RouteRefusal) => Answer;
    };

interface Caller {
  readonly public: null;
  readonly session: Member;
  readonly "api-key": KeyHolder;
}

export interface RouteCall<Auth extends RouteGuard["auth"], Parameters> {
  readonly request: Request;
  readonly parameters: Parameters;
  readonly caller: Caller[Auth];
  readonly database: Database;
  /** The body as JSON text, bounded in size, depth and number of values. */
  readonly text: (maxBytes?: number, mostValues?: number) => Promise<string>;
  readonly json: (maxBytes?: number) => Promise<unknown>;
  /** Sent with the answer, whatever the handler makes of it. */
  readonly responseHeaders: Headers;
  /** Calls back when the caller has gone before the answer was complete; what it returns ends that. */
  readonly onGone: (gone: () => void) => () => void;
}

type Next<Parameters> = { readonly params: Promise<Parameters> };
type Handler<Auth extends RouteGuard["auth"], Parameters> = (
  call: RouteCall<Auth, Parameters>,
) => Response | Answer | Promise<Response | Answer>;

/** What the test that lists all routes reads: a handler that is not in here went past the guard. */
export const routeGuards = new WeakMap<object, RouteGuard>();

const isWrite = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

const refuseForeign = (guard: RouteGuard, request: Request): void => {
  // A bearer key is never sent by a browser on its own, so neither check would protect anything.
  if (guard.auth === "api-key" || (guard.auth === "public" && guard.anyHost)) return;
  if (!isOwnHost(request.headers.get("host"), readAddress())) {
    throw new RouteRefusal(421, "host-unknown", "This server does not answer under that name.", {
      hint: "Open it at the printed address, or set PIPEWRIGHT_URL to the address you use.",
    });
  }
  if (isWrite(request.method) && !isSameOrigin(request.headers)) {
    throw new RouteRefusal(403, "origin-refused", "This request did not come from the app's own page.");
  }
};

const authorize = async (
  guard: RouteGuard,
  request: Request,
  database: Database,
  responseHeaders: () => Headers,
): Promise<Member | KeyHolder | null> => {
  switch (guard.auth) {
    case "public":
      return null;
    case "api-key":
      return authenticateKey(database, request.headers);
    case "session": {
      const member = await identify(database, allHeaders(request.headers), responseHeaders());
      if (member === null) throw new RouteRefusal(401, "sign-in-required", "Sign in to do this.");
      if (!permits(member.role, guard.role)) {
        throw new RouteRefusal(403, "role-too-low", `This needs the role "${guard.role}"; yours is "${member.role}".`);
      }
      return member;
    }
    default:
      return guard satisfies never;
  }
};

const allowOrigin = async (database: Database, origin: string, scope: OriginScope, headers: Headers): Promise<void> => {
  for (const [name, value] of Object.entries(await crossOriginHeaders(database, origin, scope))) {
    headers.append(name, value);
  }
};

const holderOf = ({ workspaceId, apiKeyId }: KeyHolder): Holder => ({ workspaceId, key: apiKeyId });

const scopeOf = (caller: unknown): OriginScope => ({ workspaceId: (caller as KeyHolder).workspaceId });

const refusalOf = (error: unknown): RouteRefusal => {
  if (error instanceof RouteRefusal) return error;
  const outage = outageOf(error);
  if (outage !== null) return outageRefusal(outage);
  const reference = randomUUID();
  console.error(`unexpected error ${reference}:`, error);
  return new RouteRefusal(500, "internal", "Something went wrong on our side.", {
    hint: `Try again. If it happens again, report reference ${reference}.`,
  });
};

const fixedHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Headers that many answers share are completed once. */
const completed = new WeakMap<object, Readonly<Record<string, string>>>();

const finish = (answer: Response | Answer, extra: Headers | null): Response | Answer => {
  if (!(answer instanceof Answer)) return finishResponse(answer, extra ?? new Headers());
  if (extra !== null) return finishResponse(toResponse(answer), extra);
  let headers = completed.get(answer.headers);
  if (headers === undefined) {
    headers = { ...fixedHeaders, ...answer.headers };
    completed.set(answer.headers, headers);
  }
  return new Answer(answer.status, headers, answer.body);
};

const finishResponse = (response: Response, extra: Headers): Response => {
  const headers = new Headers(response.headers);
  for (const [name, value] of extra) headers.append(name, value);
  for (const [name, value] of Object.entries(fixedHeaders)) if (!headers.has(name)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};

type OnGone = (gone: () => void) => () => void;

const onAbort = (signal: AbortSignal, gone: () => void): (() => void) => {
  if (signal.aborted) gone();
  else signal.addEventListener("abort", gone, { once: true });
  return () => signal.removeEventListener("abort", gone);
};

/** The only way to make a route: host, origin, caller and role are checked before the handler sees the request. */
export const guardRoute = <Guard extends RouteGuard, Parameters = Record<string, never>>(
  guard: Guard,
  handler: Handler<Guard["auth"], Parameters>,
  openDatabase: () => Promise<Database> = getDatabase,
) => {
  const said = (guard.auth === "api-key" ? guard.refusal : undefined) ?? refusalAnswer;
  const answer = async (request: Request, parameters: Parameters): Promise<Response | Answer> => {
    let extra: Headers | null = null;
    const responseHeaders = () => {
      extra ??= new Headers();
      return extra;
    };
    try {
      refuseForeign(guard, request);
      const database = await openDatabase();
      const origin = guard.auth === "api-key" ? request.headers.get("origin") : null;
      // By the address where that says whose it is, so that a page can read also why its key was refused.
      const workspaceOf = guard.auth === "api-key" ? guard.workspaceOf : undefined;
      if (origin !== null && workspaceOf !== undefined) {
        const workspaceId = await workspaceOf(database, parameters as Readonly<Record<string, string>>);
        if (workspaceId !== null) await allowOrigin(database, origin, { workspaceId }, responseHeaders());
      }
      const caller = (await authorize(guard, request, database, responseHeaders)) as Caller[Guard["auth"]];
      if (origin !== null && workspaceOf === undefined)
        await allowOrigin(database, origin, scopeOf(caller), responseHeaders());
      const text = (maxBytes: number = bodyLimits.defaultBytes, mostValues?: number) =>
        guard.auth === "api-key"
          ? withBodyPlace(holderOf(caller as KeyHolder), (grow) =>
              readJsonText(request, maxBytes, { mostValues, grow }),
            )
          : readJsonText(request, maxBytes, { mostValues });
      const response = await handler({
        request,
        parameters,
        caller,
        database,
        text,
        json: async (maxBytes) => parseJson(await text(maxBytes)),
        get responseHeaders() {
          return responseHeaders();
        },
        onGone: (gone) => (request as { readonly onGone?: OnGone }).onGone?.(gone) ?? onAbort(request.signal, gone),
      });
      return finish(response, extra);
    } catch (error) {
      return finish(said(refusalOf(error)), extra);
    }
  };
  const guarded = Object.assign(
    async (request: Request, next: Next<Parameters>): Promise<Response> => {
      const answered = await answer(request, await next.params);
      return answered instanceof Answer ? toResponse(answered) : answered;
    },
    /** For the lean server, which needs none of the framework's forms. */
    { lean: answer },
  );
  routeGuards.set(guarded, guard);
  return guarded;
};
