// Reading and chunking a PDF: pages a second beside bare pdf.js reading the same text, and the peak of memory as the file grows tenfold.
//   node --import tsx bench/indexing.ts               100 and 1,000 pages
//   node --import tsx bench/indexing.ts --pages 50    50 and 500
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chunkDocument } from "@/runtime/knowledge/chunk/chunk-document";
import { openPdf } from "@/runtime/knowledge/parse/pdf/open-pdf";
import { readDocument } from "@/runtime/knowledge/parse/read-document";
import { type LongPdfLanguage, longPdf } from "@/runtime/testing/long-pdf";

const limits = {
  /** Peak of the whole process at ten times the pages over that at once. */
  memory: 1.5,
  /** Time of reading and chunking over that of bare pdf.js, which takes the text alone: what is drawn on the page is followed as well. */
  time: 3,
} as const;

interface Measured {
  readonly milliseconds: number;
  /** Of the whole process, Node and pdf.js included. */
  readonly peakBytes: number;
  readonly result: string;
}

const contenders = {
  pipewright: async (bytes: Uint8Array): Promise<string> => {
    const document = await readDocument({ name: "a.pdf", mediaType: "application/pdf", bytes }, { progress: () => {} });
    const chunks = chunkDocument(document, { by: "structure", size: 1000, overlap: 200 });
    return `${chunks.length} chunks of ${document.text.length} characters`;
  },
  "bare pdf.js": async (bytes: Uint8Array): Promise<string> => {
    const { document, close } = await openPdf(bytes);
    let characters = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) characters += "str" in item ? item.str.length : 0;
      page.cleanup();
    }
    await close();
    return `${characters} characters`;
  },
} as const;
type Contender = keyof typeof contenders;

const own = process.argv.indexOf("--measure");
if (own !== -1) {
  const [contender, file] = process.argv.slice(own + 1) as [Contender, string];
  const bytes = await readFile(file);
  const start = performance.now();
  const result = await contenders[contender](bytes);
  const milliseconds = performance.now() - start;
  console.log(
    JSON.stringify({ milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024, result } satisfies Measured),
  );
  process.exit(0);
}

/** As runtime/knowledge/parse/worker-start.mjs does it. */
const start = `
  import { register } from "tsx/esm/api";
  import "pdfjs-dist/legacy/build/pdf.mjs";
  import "pdfjs-dist/legacy/build/pdf.worker.mjs";
  register();
  await import("./bench/indexing.ts");
`;

/** Each in a process of its own, as the app reads files: the peak of one says nothing of another. */
const measure = async (contender: Contender, file: string): Promise<Measured> => {
  const parameters = ["--input-type=module", "--eval", start, "--", "--measure", contender, file];
  const { stdout } = await promisify(execFile)(process.execPath, parameters);
  return JSON.parse(stdout) as Measured;
};

const at = process.argv.indexOf("--pages");
const pages = at === -1 ? 100 : Number(process.argv[at + 1]);
const folder = await mkdtemp(path.join(os.tmpdir(), "indexing-"));
let failed = false;
const judge = (what: string, ratio: number, limit: number) => {
  if (ratio > limit) failed = true;
  console.log(`  ${ratio <= limit ? "holds" : "FAILS"}: ${what} ${ratio.toFixed(2)} x, limit ${limit} x`);
};
try {
  for (const language of ["en", "zh"] as const satisfies LongPdfLanguage[]) {
    const peaks: number[] = [];
    let slower = 0;
    for (const count of [pages, pages * 10]) {
      const file = path.join(folder, `${language}-${count}.pdf`);
      await writeFile(file, longPdf(language, count));
      const times = {} as Record<Contender, number>;
      for (const contender of Object.keys(contenders) as Contender[]) {
        const { milliseconds, peakBytes, result } = await measure(contender, file);
        times[contender] = milliseconds;
        if (contender === "pipewright") peaks.push(peakBytes);
        console.log(
          `${language} ${String(count).padStart(5)} pages  ${contender.padEnd(12)} ${(count / (milliseconds / 1000)).toFixed(0).padStart(5)} pages/s  peak ${(peakBytes / 1e6).toFixed(0)} MB  ${result}`,
        );
      }
      slower = times.pipewright / times["bare pdf.js"];
    }
    judge("time over bare pdf.js", slower, limits.time);
    judge("memory at ten times the pages", (peaks[1] ?? 0) / (peaks[0] ?? 1), limits.memory);
  }
} finally {
  await rm(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
