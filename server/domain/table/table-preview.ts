import type { ImportedTable, TakenTable } from "@/runtime/table/import-table";
import { decodeBytes } from "@/runtime/text-source/decode-bytes";
import { sureEnough } from "@/runtime/text-source/encoding-guess";
import { type Encoding, encodingGroups, encodingNamed } from "@/runtime/text-source/encodings";
import { tellingSample } from "@/runtime/text-source/telling-sample";
import { readFile } from "@/server/domain/file/read-file";
import type { Database } from "@/server/platform/db/database";
import type { TableSource } from "./table-source";

export interface EncodingSample {
  readonly encoding: Encoding;
  /** A piece of the file in it, where it is not plain ASCII. */
  readonly text: string;
}

/** How a table was taken, for a person to look at and correct before anything is stored. */
export interface TakenPreview extends TakenTable {
  /** The bytes may as well be of another encoding: one has to be chosen. */
  readonly isEncodingUnsure: boolean;
  /** The likeliest encodings, the one that was taken first, each with what the file says in it. */
  readonly encodingSamples: readonly EncodingSample[];
  /** All encodings that there are to choose from, by writing system; empty for what has none, as a workbook. */
  readonly encodings: typeof encodingGroups;
}

const sampleCharacters = 160;
const sampleBytes = 4_000;

/** `chosen`: whether a person has chosen the encoding already. */
export const previewTaken = async (
  database: Database,
  workspaceId: string,
  source: TableSource,
  { taken }: ImportedTable,
  chosen: boolean,
): Promise<TakenPreview> => {
  const { encoding } = taken.options;
  if (source.kind === "text" || encoding === undefined) {
    return { ...taken, isEncodingUnsure: false, encodingSamples: [], encodings: [] };
  }
  const alternatives = (taken.encoding?.alternatives ?? []).flatMap((name) => encodingNamed(name) ?? []);
  const bytes = alternatives.length === 0 ? null : tellingPart(await readFile(database, workspaceId, source.fileId));
  return {
    ...taken,
    isEncodingUnsure: !chosen && (taken.encoding?.confidence ?? 1) < sureEnough,
    encodingSamples: bytes === null ? [] : samplesOf(bytes, [encoding, ...alternatives]),
    encodings: encodingGroups,
  };
};

const samplesOf = (part: Uint8Array, encodings: readonly Encoding[]): EncodingSample[] =>
  encodings.map((encoding) => ({
    encoding,
    text: decodeBytes(part, encoding).replace(/\s+/g, " ").trim().slice(0, sampleCharacters),
  }));

/** The same piece of a file in each of these encodings. */
export const encodingSamples = (bytes: Uint8Array, encodings: readonly Encoding[]): EncodingSample[] =>
  samplesOf(tellingPart(bytes), encodings);

/** From the line on that has the first byte beyond ASCII. */
const tellingPart = (bytes: Uint8Array): Uint8Array => {
  const sample = tellingSample(bytes);
  const first = sample.findIndex((byte) => byte >= 0x80);
  const line = first < 0 ? 0 : sample.lastIndexOf(0x0a, first) + 1;
  return sample.subarray(Math.max(line, first - 200), line + sampleBytes);
};
