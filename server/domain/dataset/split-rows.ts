import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import { seededRandom, shuffle } from "@/runtime/fine-tuning/seeded-random";
import { canonicalJson } from "@/runtime/graph/hash";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset } from "./change-dataset";

const share = z.number().min(0).max(1);
const input = z
  .strictObject({
    id: identifier,
    validation: share,
    test: share,
    seed: z.int().min(0).max(2_147_483_647).default(1),
  })
  .refine(({ validation, test }) => validation + test <= 1, "The shares come to more than everything.");

interface Unit {
  readonly ids: string[];
  /** What is expected of its first row: units with the same are divided alike. */
  readonly stratum: string;
}

/** Which split each row gets: strata are divided in the same shares, rows of one group stay together, and the seed alone decides. */
export const divide = (
  rows: readonly { readonly id: string; readonly group: string | null; readonly expected: unknown }[],
  { validation, test, seed }: { readonly validation: number; readonly test: number; readonly seed: number },
): Map<string, "train" | "validation" | "test"> => {
  const units = new Map<string, Unit>();
  for (const { id, group, expected } of rows) {
    const key = group === null ? `row:${id}` : `group:${group}`;
    const unit = units.get(key) ?? { ids: [], stratum: canonicalJson(expected) };
    units.set(key, unit);
    unit.ids.push(id);
  }
  const strata = new Map<string, Unit[]>();
  for (const unit of units.values()) {
    const alike = strata.get(unit.stratum);
    if (alike === undefined) strata.set(unit.stratum, [unit]);
    else alike.push(unit);
  }
  const random = seededRandom(seed);
  const splits = new Map<string, "train" | "validation" | "test">();
  // One long list, stratum after stratum, from which every so manieth is taken: strata of one row are divided fairly too.
  const list = [...strata.values()].flatMap((each) => shuffle([...each], random));
  let [owedTest, owedValidation] = [random(), random()];
  for (const unit of list) {
    owedTest += test;
    owedValidation += validation;
    let split: "train" | "validation" | "test" = "train";
    if (owedTest >= 1) {
      split = "test";
      owedTest -= 1;
    } else if (owedValidation >= 1) {
      split = "validation";
      owedValidation -= 1;
    }
    for (const id of unit.ids) splits.set(id, split);
  }
  return splits;
};

/** Divides all rows anew into train, validation and test. */
export const splitRows = editorProcedure.input(input).mutation(({ ctx: { database, workspaceId }, input: asked }) =>
  changeDataset(database, workspaceId, asked.id, async (prisma, { revision }) => {
    const rows = await prisma.datasetRow.findMany({
      where: { datasetId: asked.id, workspaceId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      select: { id: true, group: true, expected: true },
    });
    const splits = divide(rows, asked);
    const counts = { train: 0, validation: 0, test: 0 };
    for (const split of ["train", "validation", "test"] as const) {
      const ids = [...splits].flatMap(([id, each]) => (each === split ? [id] : []));
      counts[split] = ids.length;
      await prisma.$executeRaw(
        Prisma.sql`UPDATE "DatasetRow" SET "split" = ${split}, "revision" = ${revision}
          WHERE "datasetId" = ${asked.id} AND "workspaceId" = ${workspaceId} AND "id" = ANY(${ids})`,
      );
    }
    return counts;
  }),
);
