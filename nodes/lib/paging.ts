import type { WebReply, WebRequest } from "@/runtime/capability/web/contract";
import { NodeFailure } from "@/runtime/node/node-failure";
import { parsePath, pick } from "./json-path";

export interface PagingSettings {
  readonly paging: "none" | "link" | "cursor" | "page";
  /** Path of the cursor, for `cursor`. */
  readonly cursor: string;
  /** Query parameter that carries the cursor or the number. */
  readonly parameter: string;
}

const at = (value: unknown, path: string): unknown => {
  const steps = parsePath(path);
  if (!steps.ok) return undefined;
  const found = pick(value, steps.value);
  return found.ok ? found.value : undefined;
};

/** The items of one page: the list at the path, or the answer itself. */
export const pageItems = (body: unknown, path: string): readonly unknown[] => {
  const items = path === "" ? body : at(body, path);
  if (Array.isArray(items)) return items;
  if (items === undefined || items === null) return [];
  throw new NodeFailure(
    "tool-protocol",
    `The answer has no list ${path === "" ? "" : `at "${path}" `}to page through.`,
    {
      hint: "Say where the items are.",
    },
  );
};

const link = /<([^<>]{1,4000})>([^<>]{0,500})/g;

/** The address that a Link header (RFC 8288) names as the next. */
export const nextLink = (header: string): string | null => {
  for (const [, address = "", parameters = ""] of header.slice(0, 20_000).matchAll(link))
    if (/;\s{0,10}rel\s{0,10}=\s{0,10}"?(?:[^",;]{0,100}\s)?next(?:\s[^",;]{0,100})?"?/i.test(parameters))
      return address;
  return null;
};

/** An address that a server named: on the same host, or it is not followed with what was meant for the first. */
const follow = (request: WebRequest, address: string): WebRequest | null => {
  if (!URL.canParse(address, request.url)) return null;
  const next = new URL(address, request.url);
  if (next.href === request.url) return null;
  if (next.host !== new URL(request.url).host) {
    throw new NodeFailure("tool-protocol", `The next page lies on another host, ${next.host}.`, {
      hint: "Ask for it with a step of its own.",
    });
  }
  return { ...request, url: next.href };
};

/** The request for the page after this one; null where it was the last. */
export const nextPage = (
  request: WebRequest,
  reply: WebReply,
  body: unknown,
  page: number,
  { paging, cursor, parameter }: PagingSettings,
): WebRequest | null => {
  const withParameter = (value: string): WebRequest => {
    const url = new URL(request.url);
    url.searchParams.set(parameter, value);
    return { ...request, url: url.href };
  };
  switch (paging) {
    case "none":
      return null;
    case "link": {
      const next = nextLink(reply.headers.link ?? "");
      return next === null ? null : follow(request, next);
    }
    case "cursor": {
      const value = at(body, cursor);
      if (typeof value !== "string" && typeof value !== "number") return null;
      if (value === "") return null;
      return /^https?:\/\//i.test(String(value)) ? follow(request, String(value)) : withParameter(String(value));
    }
    case "page": {
      const first = Number(new URL(request.url).searchParams.get(parameter) ?? page);
      return withParameter(String((Number.isFinite(first) ? first : page) + 1));
    }
    default:
      return paging satisfies never;
  }
};
