import { z } from "zod";
import { type DialectField, dialectFields, type Learning } from "@/runtime/model/openai-dialect";
import type { Database } from "@/server/platform/db/database";

const stored = z.object({ dialect: z.record(z.string(), z.unknown()), said: z.record(z.string(), z.string()) });
const figures = z.object({ least: z.number(), most: z.number() });

/** By what each field is checked on its way out of the database: a row of another version must not become a request. */
const fieldForms: Readonly<Record<DialectField, z.ZodType>> = {
  schema: z.enum(["json_object", "plain"]),
  maxTokens: z.literal("max_completion_tokens"),
  mostTokens: z.int().min(1),
  streamUsage: z.literal(false),
  seed: z.literal(false),
  temperature: figures.nullable(),
  topP: z.literal(false),
  stop: z.literal(false),
  system: z.literal("merged"),
  stream: z.enum(["only", "never"]),
  beginsThinking: z.literal(true),
  tools: z.literal("prompt"),
  toolChoice: z.literal(false),
};

/** What the database holds of one model; fields that are not understood are left out. */
export const readLearning = (value: unknown): Learning => {
  const row = stored.safeParse(value);
  if (!row.success) return { dialect: {}, said: {} };
  const { dialect, said } = row.data;
  const known = dialectFields.filter(
    (field) => field in dialect && fieldForms[field].safeParse(dialect[field]).success,
  );
  const pick = (from: Record<string, unknown>) =>
    Object.fromEntries(known.flatMap((field) => (field in from ? [[field, from[field]]] : [])));
  return { dialect: pick(dialect) as Learning["dialect"], said: pick(said) as Learning["said"] };
};

/**
 * Writes down what was learnt of a model, for the time after a restart, for other processes and for the models page. A call does not wait for it.
 * `written`: told when it is done.
 */
export const writeLearning =
  ({ prisma }: Database, endpointId: string, written: () => void) =>
  (model: string, { dialect, said }: Learning): void => {
    const texts = Object.fromEntries(
      Object.entries(said).map(([field, text]) => [field, (text ?? "").replaceAll("\0", "").toWellFormed()]),
    );
    const learning = { dialect, said: texts } as object;
    const updatedAt = new Date();
    prisma
      .$transaction([
        prisma.modelLearning.upsert({
          where: { endpointId_model: { endpointId, model } },
          create: { endpointId, model, learning },
          update: { learning, updatedAt },
        }),
        // By this the other processes see that there is something new.
        prisma.modelEndpoint.update({ where: { id: endpointId }, data: { updatedAt } }),
      ])
      .then(written)
      .catch((error: unknown) => console.warn("What was learnt of a model could not be written down:", error));
  };
