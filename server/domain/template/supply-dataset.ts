import { importTable } from "@/runtime/table/import-table";
import { readTextTable } from "@/runtime/table/read-text-table";
import { changeDataset } from "@/server/domain/dataset/change-dataset";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { insertInto } from "@/server/domain/dataset/insert-rows";
import { type MappedColumn, mapTable } from "@/server/domain/dataset/map-table";
import type { Database } from "@/server/platform/db/database";
import { isTaken } from "@/server/platform/db/unique-violation";
import type { Member } from "@/server/platform/guard/member";
import type { DatasetSupply } from "@/templates/lib/supplies";
import { readAsset } from "./read-asset";

/** Of a sample, which is small. */
const sampleLimits = { rows: 10_000, columns: 50, cellLength: 100_000 } as const;

/** The dataset that a workspace has of this supply, as people may have changed it since, or a new one with the sample's rows. */
export const supplyDataset = async (
  database: Database,
  { workspaceId }: Member,
  key: string,
  { name, description, asset, columns }: DatasetSupply,
): Promise<string> => {
  const find = () =>
    database.prisma.dataset.findFirst({ where: { workspaceId, suppliedBy: key }, select: { id: true } });
  const known = await find();
  if (known !== null) return known.id;
  const reading = readTextTable(new TextDecoder().decode(await readAsset(asset)), {}, sampleLimits);
  const table = reading.ok ? importTable(reading.value, { headerRows: 1 }) : reading;
  if (!table.ok) throw new Error(`${asset}: ${table.error}`);
  const mapping = table.value.columns.map((column): MappedColumn => {
    const as = columns[column];
    if (as === undefined) return { as: "skip" };
    return as === "tags" ? { as } : { as, name: column, kind: "text" };
  });
  const mapped = mapTable(table.value, mapping);
  try {
    const dataset = await makeDataset(database, workspaceId, {
      name,
      description,
      columns: mapped.columns,
      suppliedBy: key,
    });
    await changeDataset(database, workspaceId, dataset.id, (prisma, changed) =>
      insertInto(prisma, changed, mapped.rows),
    );
    return dataset.id;
  } catch (error) {
    const other = isTaken(error) ? await find() : null;
    if (other === null) throw error;
    return other.id;
  }
};
