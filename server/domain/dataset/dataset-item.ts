import type { Dataset } from "@/generated/prisma/client";
import type { DatasetItem } from "./dataset.types";
import { columnsOf } from "./row-of";

export const datasetItem = (row: Dataset, versionCount: number): DatasetItem => ({
  id: row.id,
  name: row.name,
  description: row.description,
  columns: columnsOf(row),
  rowCount: row.rowCount,
  versionCount,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
