import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { multiply, toMatrix } from "./matrix";
import type { PositionedText } from "./page-fragments";

export interface PageAnnotations {
  /** What is written into a form's fields and onto the page, where it stands. */
  readonly texts: readonly PositionedText[];
  /** What readers have noted at a place of the page. */
  readonly notes: readonly string[];
}

const most = { annotations: 2000, length: 20_000 } as const;
/** Hidden, or never shown on the screen. */
const hiddenFlags = 0b10_0010;
const passwordFlag = 1 << 13;

/** What is used of an annotation of pdf.js, none of which is sure to be there. */
interface Annotation {
  readonly subtype?: string;
  readonly fieldType?: string;
  readonly fieldFlags?: number;
  readonly annotationFlags?: number;
  readonly fieldValue?: unknown;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly exportValue?: string;
  readonly buttonValue?: string;
  readonly options?: readonly { readonly exportValue?: unknown; readonly displayValue?: unknown }[];
  readonly multiLine?: boolean;
  readonly rect?: readonly number[];
  readonly defaultAppearanceData?: { readonly fontSize?: number };
  readonly contentsObj?: { readonly str?: string };
  readonly titleObj?: { readonly str?: string };
  readonly textContent?: readonly string[] | null;
  readonly inReplyTo?: unknown;
}

/** The values of form fields, texts written onto the page, and notes. What is hidden is left out. */
export async function pageAnnotations(page: PDFPageProxy): Promise<PageAnnotations> {
  const { transform } = page.getViewport({ scale: 1 });
  const texts: PositionedText[] = [];
  const notes: string[] = [];
  const annotations = (await page.getAnnotations({ intent: "display" })) as readonly Annotation[];
  for (const annotation of annotations.slice(0, most.annotations)) {
    if (((annotation.annotationFlags ?? 0) & hiddenFlags) !== 0) continue;
    const contents = annotation.contentsObj?.str?.trim().slice(0, most.length) ?? "";
    if (annotation.subtype === "Widget") texts.push(...written(fieldText(annotation), annotation, transform));
    else if (annotation.subtype === "FreeText") {
      const lines = annotation.textContent?.join("\n").trim();
      texts.push(...written(lines || contents, annotation, transform));
    } else if (contents !== "" && annotation.subtype !== "Link" && annotation.subtype !== "Popup") {
      const who = annotation.titleObj?.str?.trim();
      notes.push(who ? `[${who}: ${contents}]` : `[${contents}]`);
    }
  }
  return { texts, notes };
}

function fieldText(field: Annotation): string {
  const { fieldType, fieldFlags = 0, fieldValue } = field;
  if (fieldType === "Tx") return (fieldFlags & passwordFlag) !== 0 ? "" : plain(fieldValue);
  if (fieldType === "Ch") {
    const values = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
    return values
      .map((value) => plain(field.options?.find(({ exportValue }) => exportValue === value)?.displayValue ?? value))
      .filter((value) => value !== "")
      .join(", ");
  }
  if (fieldType !== "Btn" || !(field.checkBox || field.radioButton)) return "";
  const own = field.checkBox ? field.exportValue : field.buttonValue;
  const isOn = typeof fieldValue === "string" && fieldValue !== "Off" && (own === undefined || own === fieldValue);
  // What the value is called says more than the mark, where it is a word and not a number or "On".
  const name = isOn && own && /^\p{L}{2,40}$/u.test(own) && !/^on$/i.test(own) ? ` ${own}` : "";
  return isOn ? `[x]${name}` : "[ ]";
}

const plain = (value: unknown): string =>
  (typeof value === "string" || typeof value === "number" ? String(value) : "").trim().slice(0, most.length);

/** On one line in the field's rectangle, on the height where its label stands. */
function written(
  value: string,
  { rect, multiLine, defaultAppearanceData }: Annotation,
  view: readonly number[],
): PositionedText[] {
  const [x0, y0, x1, y1] = rect ?? [];
  const line = value.replace(/\s+/g, " ").trim();
  if (line === "" || x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return [];
  const height = Math.abs(y1 - y0);
  const given = defaultAppearanceData?.fontSize ?? 0;
  const size = Math.max(4, Math.min(given > 0 ? given : 12, height));
  const width = Math.min(Math.abs(x1 - x0), line.length * size * 0.5);
  const y = multiLine && height > 2 * size ? Math.max(y0, y1) - size : (y0 + y1) / 2 - size * 0.35;
  return [{ str: line, width, transform: [...multiply(toMatrix(view), [size, 0, 0, size, Math.min(x0, x1), y])] }];
}
