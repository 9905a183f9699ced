import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { isStorableText, lineOfText } from "@/server/platform/guard/storable";
import { columnsInput } from "./dataset-columns";
import { datasetLimits } from "./dataset-limits";

const name = lineOfText(datasetLimits.nameCharacters);
const description = z.string().trim().max(datasetLimits.descriptionCharacters).refine(isStorableText);

export const byIdInput = z.strictObject({ id: identifier });
export const listInput = pageInput;
export const createInput = z.strictObject({
  name,
  description: description.default(""),
  columns: columnsInput.default([]),
});

export interface DatasetItem {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly columns: readonly DatasetColumn[];
  readonly rowCount: number;
  readonly versionCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface DatasetView extends DatasetItem {
  /** Counts changes: a change names the one it is based on. */
  readonly revision: number;
  readonly versions: readonly {
    readonly id: string;
    readonly number: number;
    readonly contentHash: string;
    readonly rowCount: number;
    readonly createdAt: Date;
    /** Whether the rows are its rows now. */
    readonly current: boolean;
  }[];
  /** Whether the rows are those of a version. */
  readonly frozen: boolean;
  readonly tags: readonly { readonly tag: string; readonly rows: number }[];
  readonly splits: Readonly<Record<string, number>>;
}

/** What an experiment runs on. */
export interface FrozenDataset {
  readonly versionId: string;
  readonly number: number;
  readonly contentHash: string;
  readonly columns: readonly DatasetColumn[];
  readonly rowCount: number;
}
