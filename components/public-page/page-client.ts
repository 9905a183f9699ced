import type { InputField } from "@/runtime/node/define-node";

export interface VisitView {
  readonly token: string;
  readonly kind: "chat" | "form";
  readonly fields: readonly InputField[];
  readonly message: string | null;
  readonly outputs: readonly string[];
}

/** Why the server would not: its code, and what is wrong with which field. */
export interface Refused {
  readonly code: string;
  readonly retryAfterSeconds: number | null;
  readonly fields: Readonly<Record<string, string>>;
}

export type Said =
  | { readonly event: "start"; readonly conversation?: string }
  | { readonly event: "delta"; readonly output: string; readonly delta: string }
  | { readonly event: "reset"; readonly output: string }
  | { readonly event: "paused" }
  | { readonly event: "end"; readonly status: "success" | "empty"; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly event: "end"; readonly status: "failure"; readonly why: string };

const visitHeader = "x-pipewright-visit";
const addressOf = (slug: string, what: string): string => `/api/pages/${encodeURIComponent(slug)}/${what}`;
const offline: Refused = { code: "offline", retryAfterSeconds: null, fields: {} };

const readRefusal = async (response: Response): Promise<Refused> => {
  const body = (await response.json().catch(() => ({}))) as { error?: { code?: unknown; fields?: unknown } };
  const code = typeof body.error?.code === "string" ? body.error.code : "other";
  const seconds = Number(response.headers.get("retry-after"));
  const fields = typeof body.error?.fields === "object" && body.error.fields !== null ? body.error.fields : {};
  return {
    code,
    retryAfterSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
    fields: fields as Record<string, string>,
  };
};

const keyOf = (slug: string): string => `pipewright-visit:${slug}`;

/** The token of an earlier visit; null where the browser keeps nothing, as some do in frames. */
const formerVisit = (slug: string): string | null => {
  try {
    return window.localStorage.getItem(keyOf(slug));
  } catch {
    return null;
  }
};

const keepVisit = (slug: string, token: string): void => {
  try {
    window.localStorage.setItem(keyOf(slug), token);
  } catch {
    // The visit then lasts as long as the page is open.
  }
};

/** Comes in. Without cookies, so that it works in a frame on any site and no other site can act in a visitor's name. */
export const beginVisit = async (
  slug: string,
  password?: string,
): Promise<{ readonly ok: true; readonly visit: VisitView } | { readonly ok: false; readonly refused: Refused }> => {
  const former = formerVisit(slug);
  try {
    const response = await fetch(addressOf(slug, "visit"), {
      method: "POST",
      headers: { "content-type": "application/json", ...(former === null ? {} : { [visitHeader]: former }) },
      body: JSON.stringify(password === undefined ? {} : { password }),
    });
    if (!response.ok) return { ok: false, refused: await readRefusal(response) };
    const visit = (await response.json()) as VisitView;
    keepVisit(slug, visit.token);
    return { ok: true, visit };
  } catch {
    return { ok: false, refused: offline };
  }
};

/** Takes whole events off the front of what has come. */
export const takeEvents = (text: string): { readonly events: readonly Said[]; readonly rest: string } => {
  const parts = text.split("\n\n");
  const rest = parts.pop() ?? "";
  const events = parts.flatMap((part): Said[] => {
    const lines = part.split("\n");
    const event = lines.find((line) => line.startsWith("event: "))?.slice(7);
    const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
    if (event === undefined || data === undefined) return [];
    return [{ ...(JSON.parse(data) as object), event } as Said];
  });
  return { events, rest };
};

export interface Asked {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly conversation?: string;
}

/** Asks, and calls back with what is said as it comes. Resolves with why not, or null once all is said. */
export const askPage = async (
  slug: string,
  token: string,
  asked: Asked,
  { signal, hear }: { readonly signal: AbortSignal; readonly hear: (said: Said) => void },
): Promise<Refused | null> => {
  try {
    const response = await fetch(addressOf(slug, "runs"), {
      method: "POST",
      headers: { "content-type": "application/json", [visitHeader]: token },
      body: JSON.stringify(asked),
      signal,
    });
    if (!response.ok || response.body === null) return await readRefusal(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    let isOver = false;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return isOver ? null : offline;
      const taken = takeEvents(text + value);
      text = taken.rest;
      for (const said of taken.events) {
        if (said.event === "end" || said.event === "paused") isOver = true;
        hear(said);
      }
    }
  } catch {
    return signal.aborted ? null : offline;
  }
};

/** Brings a file; what comes back stands in the inputs in its place. */
export const bringFile = async (
  slug: string,
  token: string,
  file: File,
): Promise<
  | { readonly ok: true; readonly value: { readonly fileId: string; readonly proof: string }; readonly name: string }
  | { readonly ok: false; readonly refused: Refused }
> => {
  const form = new FormData();
  form.append("file", file, file.name);
  try {
    const response = await fetch(addressOf(slug, "files"), {
      method: "POST",
      headers: { [visitHeader]: token },
      body: form,
    });
    if (!response.ok) return { ok: false, refused: await readRefusal(response) };
    const body = (await response.json()) as { file: { fileId: string; name: string }; proof: string };
    return { ok: true, value: { fileId: body.file.fileId, proof: body.proof }, name: body.file.name };
  } catch {
    return { ok: false, refused: offline };
  }
};
