import { Parser } from "htmlparser2";
import { formatNumber } from "./list-numbers";

type Attributes = Readonly<Record<string, string>>;

/** How many items each list that counts backwards has, by the place where its tag begins. */
export function reversedLists(html: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  if (!/<ol\b[^>]{0,500}\breversed/i.test(html)) return found;
  const open: { readonly start: number; items: number }[] = [];
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (name === "ol" || name === "ul") open.push({ start: parser.startIndex, items: 0 });
        const list = open.at(-1);
        if (name === "li" && list) list.items++;
      },
      onclosetag: (name) => {
        const list = name === "ol" || name === "ul" ? open.pop() : undefined;
        if (list && name === "ol") found.set(list.start, list.items);
      },
    },
    { decodeEntities: false, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return found;
}

const types: Readonly<Record<string, string>> = {
  a: "lowerLetter",
  A: "upperLetter",
  i: "lowerRoman",
  I: "upperRoman",
};
const styles: Readonly<Record<string, string>> = {
  "lower-alpha": "lowerLetter",
  "lower-latin": "lowerLetter",
  "upper-alpha": "upperLetter",
  "upper-latin": "upperLetter",
  "lower-roman": "lowerRoman",
  "upper-roman": "upperRoman",
  "decimal-leading-zero": "decimalZero",
  "cjk-ideographic": "chineseCounting",
  "simp-chinese-informal": "chineseCounting",
  none: "none",
};

interface OpenList {
  readonly isOrdered: boolean;
  readonly format: string;
  readonly step: 1 | -1;
  next: number;
}

const deepestIndent = 6;

/** The open lists of a page, each with the number of its next item. */
export class HtmlLists {
  readonly #open: OpenList[] = [];

  /** `items` of a list that counts backwards. */
  open(name: string, { start, type, style = "", ...attributes }: Attributes, items: number | undefined): void {
    const isReversed = "reversed" in attributes;
    const [, kind] = /list-style(?:-type)?\s{0,9}:\s{0,9}([\w-]{1,40})/i.exec(style) ?? [];
    const given = Number.parseInt(start ?? "", 10);
    this.#open.push({
      isOrdered: name === "ol",
      format: styles[kind?.toLowerCase() ?? ""] ?? types[type ?? ""] ?? "decimal",
      step: isReversed ? -1 : 1,
      next: Number.isFinite(given) ? given : isReversed ? (items ?? 1) : 1,
    });
  }

  close(): void {
    this.#open.pop();
  }

  /** What stands before the next item: "3. ", "b. ", "- ". */
  mark({ value }: Attributes): string {
    const list = this.#open.at(-1);
    const indent = "  ".repeat(Math.min(deepestIndent, Math.max(0, this.#open.length - 1)));
    if (!list?.isOrdered || list.format === "none") return `${indent}- `;
    const given = Number.parseInt(value ?? "", 10);
    if (Number.isFinite(given)) list.next = given;
    const number = list.next;
    list.next += list.step;
    return `${indent}${number < 1 ? number : formatNumber(number, list.format)}. `;
  }
}
