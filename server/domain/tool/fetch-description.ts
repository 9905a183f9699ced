import { z } from "zod";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { runFiles } from "@/server/domain/file/run-files";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { lineOfText } from "@/server/platform/guard/storable";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { webService } from "./web-service";

const mostBytes = 10_000_000;
const milliseconds = 30_000;

/**
 * A description of an API, as text, from its address: through the one door, as steps call. What it refers to is not fetched. A change, not a question, because it
 * calls an address, signed if a credential is named: no page but our own may have it do so.
 */
export const fetchDescription = editorProcedure
  .input(z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000), credential: lineOfText(80).nullable() }))
  .mutation(async ({ ctx, input, signal = new AbortController().signal }) => {
    const { database, workspaceId, member } = ctx;
    const { url, credential } = input;
    const data = { host: new URL(url).host, credential };
    await recordAudit(database, {
      member,
      action: "tool.fetch-description",
      subject: `workspace:${workspaceId}`,
      data,
    });
    try {
      const web = webService(database, workspaceId, runFiles(database, workspaceId));
      const accept = { name: "accept", value: "application/json, application/yaml, text/yaml, */*;q=0.5" };
      const reply = await web.request(
        {
          method: "GET",
          url,
          headers: [accept],
          body: null,
          credential,
          milliseconds,
          retries: 0,
          retryStatuses: [],
          result: "text",
          mostTextBytes: mostBytes,
        },
        signal,
      );
      return reply.status < 400
        ? ({ ok: true, text: reply.text ?? "", url: reply.url } as const)
        : ({ ok: false, code: "tool-rejected", message: `${new URL(url).host} answered ${reply.status}.` } as const);
    } catch (error) {
      if (!isNodeFailure(error)) throw error;
      const { code, message, options } = error;
      return { ok: false, code, message: `${message} ${options.hint ?? ""}`.trim() } as const;
    }
  });
