import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = process.cwd();
const filesOf = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() && /(?<!\.test|fixture)\.ts$/.test(entry.name)
      ? [path.relative(root, path.join(entry.parentPath, entry.name))]
      : [],
  );
const sources = new Map(filesOf("server").map((file) => [file, readFileSync(path.join(root, file), "utf8")]));

/** Names that a file imports as values, each with the file that it is from. */
const importsOf = (file: string): readonly { readonly name: string; readonly from: string }[] =>
  [...(sources.get(file) ?? "").matchAll(/import \{([^}]*)\} from "([^"]+)"/g)].flatMap(([, names = "", from = ""]) => {
    const target = from.startsWith("@/") ? from.slice(2) : path.join(path.dirname(file), from);
    return names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => ({ name: name.split(" as ").at(-1) as string, from: `${target}.ts` }));
  });

/** What calls another machine: the doors of tools, webhooks, mail and MCP, and whatever opens a connection of its own. */
const doors: readonly string[] = [
  "server/domain/tool/web-service.ts",
  "server/domain/tool/tool-hosts.ts",
  "server/domain/webhook/send-delivery.ts",
  "server/domain/webhook/deliver-due.ts",
  "server/domain/inbox/mail/send-mail.ts",
  "server/domain/mcp/mcp-service.ts",
  "server/domain/mcp/refresh-tools.ts",
  "server/platform/egress/egress-dispatcher.ts",
  "server/platform/egress/open-tunnel.ts",
];

/** Each procedure by its name, with the text of its definition. */
const procedures = [...sources].flatMap(([file, text]) =>
  text.split(/^(?=export const )/m).flatMap((part) => {
    const name = /^export const (\w+) = \w*Procedure\b/.exec(part)?.[1];
    return name === undefined ? [] : [{ name, file, text: part }];
  }),
);
const mentions = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
const goesOut = ({ file, text }: { readonly file: string; readonly text: string }): string | undefined =>
  importsOf(file).find(({ name, from }) => doors.includes(from) && mentions(text, name))?.name ??
  (/\bfetch\(/.test(text) ? "fetch" : undefined);

describe("a query", () => {
  it("reaches no network: any page could have it asked by a link, with the session of whoever follows it", () => {
    const queries = procedures.filter(({ text }) => /\.query\(/.test(text));
    expect(queries.length).toBeGreaterThan(60);
    expect(
      queries.flatMap((each) => (goesOut(each) === undefined ? [] : [`${each.name} by ${goesOut(each)}`])),
    ).toEqual([]);
  });

  it("is told from a change by its text: those that are known to go out are seen to", () => {
    const seen = procedures.filter((each) => goesOut(each) !== undefined).map(({ name }) => name);
    expect(seen).toEqual(expect.arrayContaining(["fetchDescription", "testWebhook"]));
    for (const door of doors) expect([door, sources.has(door)]).toEqual([door, true]);
  });
});
