import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { readEmbeddedAddress } from "./embedded-endpoint";
import { fetchModelInput } from "./endpoint.types";
import { processState } from "./process-state";

const timeoutMs = 10_000;

/** Has the embedded endpoint fetch a model that it knows; `embedded` says how far it is. */
export const fetchModel = editorProcedure.input(fetchModelInput).mutation(async ({ ctx, input: { name } }) => {
  const address = readEmbeddedAddress();
  const status = address && (await ask(address, name));
  if (status !== 202) {
    throw new ApplicationError("BAD_REQUEST", "The embedded endpoint does not fetch this model.", {
      reason: "input-invalid",
      hint: `Run in the project's folder: node scripts/models/fetch.mjs ${name}`,
    });
  }
  await recordAudit(ctx.database, {
    member: ctx.member,
    action: "endpoint.fetch",
    subject: "endpoint:local",
    data: { model: name },
  });
  return { name };
});

/** The status of the answer; null where nobody answers. */
const ask = async (
  { baseUrl, apiKey }: NonNullable<ReturnType<typeof readEmbeddedAddress>>,
  model: string,
): Promise<number | null> => {
  try {
    const response = await processState().trustedFetch(`${baseUrl.replace(/\/v1$/, "")}/models/fetch`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ model }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Read to its end, so that the connection can be used again.
    for await (const _ of response.body);
    return response.status;
  } catch {
    return null;
  }
};
