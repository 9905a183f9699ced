import type { Locale } from "@/runtime/node/localized";
import type { TemplateSupplies } from "./supplies";

/** The same base in each template that answers questions about the company. */
export const handbookKey = (locale: Locale): string => `handbook-${locale}`;

export const handbookSupply = (locale: Locale): NonNullable<TemplateSupplies["knowledge"]> => ({
  [handbookKey(locale)]: {
    name: { en: "Staff handbook (sample)", zh: "员工手册（示例）" }[locale],
    // Small enough for the small built-in model to read a few.
    chunkSize: { en: 300, zh: 110 }[locale],
    documents: [
      {
        name: { en: "Staff handbook.md", zh: "员工手册.md" }[locale],
        mediaType: "text/markdown",
        asset: `handbook.${locale}.md`,
      },
    ],
  },
});
