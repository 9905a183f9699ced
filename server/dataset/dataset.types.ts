import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";

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
  }[];
  /** Whether the rows are those of the newest version. */
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
