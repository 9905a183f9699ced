import type { FieldDescription } from "@/runtime/node/describe-config";
import type { Localized } from "@/runtime/node/localized";

/** What a setting looks like to somebody who changes it without the canvas. */
export type FieldForm =
  | { readonly kind: "text"; readonly long: boolean; readonly maxLength?: number }
  | {
      readonly kind: "number";
      readonly minimum?: number;
      readonly maximum?: number;
      readonly step?: number;
      readonly unit?: Localized;
    }
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly options: readonly { readonly value: string; readonly title: Localized }[] }
  | { readonly kind: "lines"; readonly maxItems?: number }
  | { readonly kind: "table"; readonly columns: readonly TableColumn[]; readonly maxItems?: number };

export interface TableColumn {
  readonly name: string;
  readonly title: Localized;
  /** `long`: text of several lines. `lines`: a list of texts, one a line. */
  readonly kind: "text" | "long" | "number" | "lines";
  /** What stands in a new row. */
  readonly initial: string | number | readonly string[];
}

const maxItems = ({ maxItems: most }: FieldDescription) => (most === undefined ? {} : { maxItems: most });

/** How a setting is changed without the canvas; null where it takes an engineer: models, keys, schemas, code, ports. */
export const fieldForm = (described: FieldDescription): FieldForm | null => {
  const { control, choices, options, minimum, maximum, maxLength, step, unit } = described;
  switch (control) {
    case "text":
      return { kind: "text", long: false, ...(maxLength === undefined ? {} : { maxLength }) };
    case "multiline":
    case "template":
      return { kind: "text", long: true, ...(maxLength === undefined ? {} : { maxLength }) };
    case "number":
    case "slider":
      return {
        kind: "number",
        ...(minimum === undefined ? {} : { minimum }),
        ...(maximum === undefined ? {} : { maximum }),
        ...(step === undefined ? {} : { step }),
        ...(unit === undefined ? {} : { unit }),
      };
    case "switch":
      return { kind: "switch" };
    case "select":
      return {
        kind: "choice",
        options: choices.map((value) => ({ value, title: options?.[value] ?? { en: value, zh: value } })),
      };
    case "string-list":
      return { kind: "lines", ...maxItems(described) };
    case "labels":
    case "few-shot":
    case "rows":
      return tableForm(described);
    default:
      return null;
  }
};

/** Rows of texts, figures and lists of texts; one column that is more makes it an engineer's. */
const tableForm = (described: FieldDescription): FieldForm | null => {
  const columns = described.item.map(({ name, title, control, initial }): TableColumn | null => {
    if (control === "text" || control === "multiline")
      return {
        name,
        title,
        kind: control === "text" ? "text" : "long",
        initial: typeof initial === "string" ? initial : "",
      };
    if (control === "number" || control === "slider")
      return { name, title, kind: "number", initial: typeof initial === "number" ? initial : 0 };
    if (control === "string-list") return { name, title, kind: "lines", initial: [] };
    return null;
  });
  const known = columns.filter((column) => column !== null);
  return known.length === 0 || known.length < columns.length
    ? null
    : { kind: "table", columns: known, ...maxItems(described) };
};
