// What is found again of what documents say that were made by the tools people use, by format. bench/corpus/make.py makes them anew.
//   node --import tsx bench/documents.ts
import { figuresByFormat, readCorpus } from "@/runtime/testing/read-corpus";

const results = await readCorpus();
for (const { name, tool, lost } of results) for (const fact of lost) console.log(`lost in ${name} (${tool}): ${fact}`);
console.log("| format | documents | said | found |\n|---|---|---|---|");
for (const [format, { documents, facts, found }] of figuresByFormat(results)) {
  console.log(`| ${format} | ${documents} | ${facts} | ${((found / facts) * 100).toFixed(1)} % |`);
}
