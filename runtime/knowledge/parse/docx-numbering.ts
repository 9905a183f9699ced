import { formatNumber } from "./list-numbers";
import { attribute, readXml } from "./read-xml";
import type { ZipFile } from "./zip-file";

interface Level {
  start: number;
  format: string;
  /** "%1.%2" stands for the numbers of the first and second level. */
  text: string;
  isLegal: boolean;
  /** The level whose new number restarts this one, from 1; 0 for never; undefined for any above. */
  restartAfter: number | undefined;
  style: string | undefined;
}
interface Abstract {
  readonly levels: Map<number, Level>;
  /** Its levels are those of a list style, or it is what such a style stands for. */
  styleLink: string | undefined;
  numberStyle: string | undefined;
}
interface List {
  abstract: string;
  readonly starts: Map<number, number>;
  readonly levels: Map<number, Level>;
}

/** Where a paragraph is in a list: Word's number of the list, and the level from 0. */
export interface ListPlace {
  readonly list: string;
  readonly level: number | undefined;
}

const deepest = 9;
const emptyLevel = (): Level => ({
  start: 1,
  format: "decimal",
  text: "",
  isLegal: false,
  restartAfter: undefined,
  style: undefined,
});

/** Counts the lists of a Word document as Word does, paragraph by paragraph in the document's order. */
export class Numbering {
  readonly #abstracts = new Map<string, Abstract>();
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #begun = new Set<string>();

  static async read(zip: ZipFile, part: string | undefined): Promise<Numbering> {
    const numbering = new Numbering();
    if (!part || !zip.has(part)) return numbering;
    let abstract: Abstract | undefined;
    let list: List | undefined;
    let level: Level | undefined;
    let overridden = 0;
    await readXml(zip, part, {
      open: (name, attributes) => {
        const value = attribute(attributes, "val");
        const at = Number(attribute(attributes, "ilvl") ?? 0);
        if (name === "abstractNum") {
          abstract = { levels: new Map(), styleLink: undefined, numberStyle: undefined };
          numbering.#abstracts.set(attribute(attributes, "abstractNumId") ?? "", abstract);
        } else if (name === "num") {
          list = { abstract: "", starts: new Map(), levels: new Map() };
          numbering.#lists.set(attribute(attributes, "numId") ?? "", list);
        } else if (name === "abstractNumId" && list) list.abstract = value ?? "";
        else if (name === "numStyleLink" && abstract) abstract.numberStyle = value;
        else if (name === "styleLink" && abstract) abstract.styleLink = value;
        else if (name === "lvlOverride") overridden = at;
        else if (name === "startOverride" && list) list.starts.set(overridden, Number(value) || 0);
        else if (name === "lvl") {
          level = emptyLevel();
          (list ?? abstract)?.levels.set(at, level);
        } else if (level) setOf(level, name, value);
      },
      close: (name) => {
        if (name === "abstractNum") abstract = undefined;
        else if (name === "num") list = undefined;
        else if (name === "lvl") level = undefined;
      },
    });
    return numbering;
  }

  /**
   * The number of the next paragraph of a list, as it is shown: "2.1", "b)", "-" for a sign that is no number. Undefined for a paragraph in no
   * list; "" for one that has no mark.
   */
  next({ list: id, level: given }: ListPlace, style: string | undefined): string | undefined {
    const list = this.#lists.get(id);
    const abstract = list && this.#abstractOf(list);
    if (!list || !abstract) return undefined;
    const at = Math.max(0, Math.min(deepest - 1, given ?? levelOfStyle(abstract, style) ?? 0));
    const levelAt = (index: number) => list.levels.get(index) ?? abstract.levels.get(index) ?? emptyLevel();
    const counts = this.#counts.get(list.abstract) ?? [];
    this.#counts.set(list.abstract, counts);
    if (!this.#begun.has(id)) {
      this.#begun.add(id);
      for (const [index, start] of list.starts) counts[index] = start - 1;
    }
    const level = levelAt(at);
    counts[at] = (counts[at] ?? level.start - 1) + 1;
    for (let above = 0; above < at; above++) counts[above] ??= levelAt(above).start;
    for (let below = at + 1; below < deepest; below++) {
      const { restartAfter } = levelAt(below);
      if (restartAfter === undefined || (restartAfter > 0 && at + 1 <= restartAfter)) counts[below] = undefined;
    }
    if (level.format === "bullet") return "-";
    return level.text
      .slice(0, 100)
      .replace(/%([1-9])/g, (_, index: string) => {
        const shown = levelAt(Number(index) - 1);
        return formatNumber(counts[Number(index) - 1] ?? shown.start, level.isLegal ? "decimal" : shown.format);
      })
      .trim();
  }

  #abstractOf(list: List): Abstract | undefined {
    const own = this.#abstracts.get(list.abstract);
    if (!own?.numberStyle || own.levels.size > 0) return own;
    return [...this.#abstracts.values()].find(({ styleLink }) => styleLink === own.numberStyle) ?? own;
  }
}

function setOf(level: Level, name: string, value: string | undefined): void {
  if (name === "start") level.start = Number(value) || 0;
  else if (name === "numFmt") level.format = value ?? "decimal";
  else if (name === "lvlText") level.text = value ?? "";
  else if (name === "isLgl") level.isLegal = value !== "0" && value !== "false";
  else if (name === "lvlRestart") level.restartAfter = Number(value);
  else if (name === "pStyle") level.style = value;
}

const levelOfStyle = ({ levels }: Abstract, style: string | undefined): number | undefined => {
  if (style === undefined) return undefined;
  for (const [index, level] of levels) if (level.style === style) return index;
  return undefined;
};
