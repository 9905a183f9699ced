import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readFile } from "./read-for-test";

const folder = path.join(process.cwd(), "runtime", "knowledge", "parse", "corpus");

const fact = z.union([
  /** Stands in the text, whatever blanks and line ends it has. */
  z.strictObject({ text: z.string() }),
  /** All of them stand on one line, in this order. */
  z.strictObject({ row: z.array(z.string()) }),
  /** Stands nowhere in the text. */
  z.strictObject({ absent: z.string() }),
]);
type Fact = z.output<typeof fact>;
const manifest = z.record(z.string(), z.strictObject({ tool: z.string(), says: z.array(fact) }));

export interface CorpusResult {
  readonly name: string;
  /** Its ending: "pdf", "docx", … */
  readonly format: string;
  readonly tool: string;
  readonly facts: number;
  readonly lost: readonly string[];
}

/** Reads every document of the corpus, and looks for what it is known to say. */
export async function readCorpus(): Promise<readonly CorpusResult[]> {
  const known = manifest.parse(JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")));
  const results: CorpusResult[] = [];
  for (const [name, { tool, says }] of Object.entries(known)) {
    const { text } = await readFile(name, readFileSync(path.join(folder, name)), {
      readImageText: async () => "",
    });
    const lost = says.filter((one) => !holds(text, one)).map((one) => JSON.stringify(one));
    results.push({ name, format: name.split(".").at(-1) ?? "", tool, facts: says.length, lost });
  }
  return results;
}

function holds(text: string, one: Fact): boolean {
  if ("text" in one) return bare(text).includes(bare(one.text));
  if ("absent" in one) return !bare(text).includes(bare(one.absent));
  return text.split("\n").some((line) => inOrder(line, one.row));
}

const bare = (text: string): string => text.replace(/\s+/g, " ");

const inOrder = (line: string, parts: readonly string[]): boolean => {
  let from = 0;
  for (const part of parts) {
    const at = line.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
};

export interface CorpusFigure {
  readonly documents: number;
  readonly facts: number;
  readonly found: number;
}

export const figuresByFormat = (results: readonly CorpusResult[]): ReadonlyMap<string, CorpusFigure> => {
  const figures = new Map<string, CorpusFigure>();
  for (const { format, facts, lost } of results) {
    const { documents, facts: all, found } = figures.get(format) ?? { documents: 0, facts: 0, found: 0 };
    figures.set(format, { documents: documents + 1, facts: all + facts, found: found + facts - lost.length });
  }
  return figures;
};
