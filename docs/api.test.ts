import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { runErrors } from "@/runtime/run/errors";
import { apiRoutes } from "@/server/api/http/front/api-routes";
import { streamEventTypes } from "@/server/api/http/published/stream-run";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), "utf8");

it.each(["api.md", "api.zh.md"])("%s names every event, every error of a run and every address", (file) => {
  const text = read(file);
  for (const type of streamEventTypes) expect(text).toContain(`| \`${type}\` |`);
  for (const [code, { status }] of Object.entries(runErrors)) expect(text).toContain(`| \`${code}\` | ${status} |`);
  for (const [route, methods] of Object.entries(apiRoutes)) {
    if (!/^\/(?:api\/)?v1\//.test(route)) continue;
    const written = route
      .replace("[slug]", "{name}")
      .replace("[checkId]", "{check}")
      .replace("[runId]", "{runId}")
      .replace("[batchId]", "{batchId}")
      .replace("[conversationId]", "{conversationId}")
      .replace("[reviewId]", "{reviewId}");
    for (const method of methods) expect(text).toContain(`${method} ${written}`);
  }
});

it("names no event that is not sent", () => {
  for (const file of ["api.md", "api.zh.md"]) {
    const named = [...read(file).matchAll(/^\| `([a-z-]+)` \|.*\|.*\|$/gm)].map(([, type]) => type);
    expect(named.sort()).toEqual([...streamEventTypes].sort());
  }
});
