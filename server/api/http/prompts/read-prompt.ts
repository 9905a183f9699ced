import { createHash } from "node:crypto";
import { z } from "zod";
import { type WholeVersion, wholeVariables } from "@/nodes/lib/prompt/lay-over";
import { promptLabel, promptSlug, standardLabel } from "@/nodes/lib/prompt/prompt-name";
import { sayNotWhole, wholeVersion } from "@/server/domain/prompt/whole-version";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { requireRight } from "@/server/platform/route/key-rights";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { readBody } from "../published/read-body";

const query = z
  .strictObject({
    label: promptLabel.optional(),
    version: z
      .string()
      .regex(/^[1-9]\d{0,8}$/, "This is the number of a version: 1, 2, 3 …")
      .optional(),
  })
  .refine(({ label, version }) => label === undefined || version === undefined, {
    message: "Name a label or a version, never both.",
    path: ["label"],
  });

const unknownPrompt = (what: string) =>
  new RouteRefusal(404, "not-found", `There is no such ${what}.`, {
    hint: "The page of a prompt shows its short name, its labels and its versions. Nothing else is given in their place.",
  });

/** Each parameter once: of two, neither is the one that was meant. */
const readQuery = (url: string): z.output<typeof query> => {
  const { searchParams } = new URL(url);
  const names = [...searchParams.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new RouteRefusal(400, "request-invalid", "A parameter stands there twice.", {
      fields: { [twice.slice(0, 100)]: "Name it once." },
    });
  }
  return readBody(
    query,
    Object.fromEntries(searchParams),
    "Ask with ?label=production or ?version=3, or with neither.",
  );
};

/** The messages as a model is sent them, before the variables are filled in. */
const messagesOf = ({ content, composed }: WholeVersion) => [
  ...(composed.system === "" ? [] : [{ role: "system", content: composed.system }]),
  ...content.examples.flatMap(({ user, assistant }) => [
    { role: "user", content: user },
    { role: "assistant", content: assistant },
  ]),
  ...(composed.user === "" ? [] : [{ role: "user", content: composed.user }]),
];

const answerOf = (version: WholeVersion) => {
  const { slug, kind, number, hash, label, content, composed } = version;
  return {
    slug,
    kind,
    version: number,
    hash,
    ...(label === "" ? {} : { label }),
    ...(kind === "chat" ? { messages: messagesOf(version) } : { text: composed.user }),
    variables: wholeVariables(version),
    ...(content.schema === null ? {} : { schema: content.schema }),
    settings: content.settings,
    includes: composed.includes.map((each) => ({ slug: each.slug, version: each.number })),
  };
};

/** Whether the caller has just this answer (RFC 9110, section 13.1.2). */
const matches = (sent: string | null, tag: string): boolean =>
  sent !== null &&
  (sent.trim() === "*" ||
    sent
      .slice(0, 4_000)
      .split(",")
      .some((each) => each.trim().replace(/^W\//, "") === tag));

/**
 * `GET /api/v1/prompts/{slug}?label=…` or `?version=…`; `production` where neither is named. A version that includes nothing never changes and may be kept for a day; all else is asked for
 * again with its tag, so that a label that moved or is gone is noticed by the next call.
 */
export const readPrompt = async ({
  request,
  parameters,
  caller,
  database,
}: RouteCall<"api-key", { slug: string }>): Promise<Response> => {
  requireRight(caller, "mayReadPrompts");
  const { label, version } = readQuery(request.url);
  const { slug } = parameters;
  if (!promptSlug.safeParse(slug).success) throw unknownPrompt("prompt");
  const at = version ?? label ?? standardLabel;
  const whole = await wholeVersion(database.prisma, caller.workspaceId, { slug }, at);
  if (!whole.ok) {
    if (!whole.error.found) throw unknownPrompt(version === undefined ? `prompt, or it has no label ${at}` : "version");
    throw new RouteRefusal(409, "prompt-incomplete", sayNotWhole(whole.error), {
      hint: "Correct the prompt in the library.",
    });
  }
  const body = JSON.stringify(answerOf(whole.value));
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 32)}"`;
  const fixed = version !== undefined && whole.value.composed.includes.length === 0;
  const headers = {
    etag: tag,
    "cache-control": fixed ? "private, max-age=86400" : "private, no-cache",
    vary: "authorization",
  };
  if (matches(request.headers.get("if-none-match"), tag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
};

export const readPromptRoute = guardRoute({ auth: "api-key" }, readPrompt);
