import type { Locale } from "@/runtime/node/localized";
import type { TemplateSupplies } from "./supplies";

/** The same base in each template that answers questions about the company. */
export const handbookKey = (locale: Locale): string => `handbook-${locale}`;

export const handbookSupply = (locale: Locale): NonNullable<TemplateSupplies["knowledge"]> => ({
  [handbookKey(locale)]: {
    name: { en: "Staff handbook (sample)", zh: "员工手册（示例）" }[locale],
    // A section each: what belongs together stays together, and is short enough for a small model to read a few.
    chunkBy: "heading",
    chunkSize: { en: 600, zh: 250 }[locale],
    documents: [
      {
        name: { en: "Staff handbook.md", zh: "员工手册.md" }[locale],
        mediaType: "text/markdown",
        asset: `handbook.${locale}.md`,
      },
    ],
  },
});
