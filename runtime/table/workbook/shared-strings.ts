import { ParseError } from "@/runtime/knowledge/parse/parse-failure";
import { parseLimits } from "@/runtime/knowledge/parse/parse-limits";
import { readXml } from "@/runtime/knowledge/parse/read-xml";
import type { ZipFile } from "@/runtime/knowledge/parse/zip-file";

/** Texts that cells refer to by number; without the reading aids above Japanese ones. */
export async function sharedStrings(zip: ZipFile, part: string): Promise<readonly string[]> {
  const strings: string[] = [];
  if (!zip.has(part)) return strings;
  let text = "";
  let inText = false;
  let inPhonetic = false;
  let together = 0;
  await readXml(zip, part, {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") inPhonetic = true;
      else if (name === "t") inText = true;
    },
    text: (piece) => {
      if (inText && !inPhonetic && text.length < parseLimits.cellLength) text += piece;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "rPh") inPhonetic = false;
      else if (name === "si") {
        together += text.length;
        if (together > parseLimits.characters) {
          throw new ParseError(
            "too-large",
            `The workbook holds more than ${parseLimits.characters} characters of text.`,
          );
        }
        strings.push(text);
      }
    },
  });
  return strings;
}
