// How well and how fast knowledge bases are searched.
//   node --import tsx model-server/main.ts --port 8090                                in one terminal
//   node --import tsx bench/retrieval.ts --endpoint http://127.0.0.1:8090/v1 --data <folder>    in another
// --data is a folder with xquad.en.json and xquad.zh.json (see the README beside this file); XQUAD_DATA names it too.
// --only quality | scale runs one half; --chunks sets the size of the second (100000).
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { createEmbedder } from "./lib/bench-embedder";
import { measureQuality } from "./lib/retrieval-quality";
import { measureScale } from "./lib/retrieval-scale";
import { readXquad } from "./lib/xquad";

const { values } = parseArgs({
  options: {
    endpoint: { type: "string", default: "http://127.0.0.1:8090/v1" },
    model: { type: "string", default: "local-embed" },
    data: { type: "string", default: process.env.XQUAD_DATA ?? "" },
    only: { type: "string" },
    chunks: { type: "string", default: "100000" },
  },
});
const files = { en: path.join(values.data, "xquad.en.json"), zh: path.join(values.data, "xquad.zh.json") };
if (values.data === "" || !existsSync(files.en) || !existsSync(files.zh)) {
  console.error(
    "XQuAD is not there. Put xquad.en.json and xquad.zh.json from https://github.com/google-deepmind/xquad into a folder and name it with --data.",
  );
  process.exit(2);
}
const sets = { en: await readXquad(files.en), zh: await readXquad(files.zh) };
const embed = createEmbedder(values.endpoint, values.model);
let holds = true;
if (values.only !== "scale") holds = (await measureQuality(sets, embed)) && holds;
if (values.only !== "quality") holds = (await measureScale(sets, embed, Number(values.chunks))) && holds;
process.exit(holds ? 0 : 1);
