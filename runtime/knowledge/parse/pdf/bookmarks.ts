import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface Bookmark {
  readonly title: string;
  readonly level: number;
}

const most = 5000;
const deepest = 6;

/** The document's own table of contents: what it says begins on each page, from 1. Empty where it has none that can be read. */
export async function bookmarks(document: PDFDocumentProxy): Promise<ReadonlyMap<number, readonly Bookmark[]>> {
  const onPage = new Map<number, Bookmark[]>();
  const outline = await document.getOutline().catch(() => null);
  let left = most;
  const visit = async (items: NonNullable<typeof outline>, level: number): Promise<void> => {
    for (const { title, dest, items: inner } of items) {
      if (left-- <= 0) return;
      const page = await pageOf(document, dest);
      if (page !== undefined && title.trim() !== "") {
        onPage.set(page, [...(onPage.get(page) ?? []), { title: title.trim(), level }]);
      }
      if (level < deepest) await visit(inner, level + 1);
    }
  };
  if (outline) await visit(outline, 1);
  return onPage;
}

async function pageOf(document: PDFDocumentProxy, dest: string | unknown[] | null): Promise<number | undefined> {
  try {
    const place = typeof dest === "string" ? await document.getDestination(dest) : dest;
    const page: unknown = place?.[0];
    if (typeof page === "number") return page + 1;
    return page ? (await document.getPageIndex(page as Parameters<typeof document.getPageIndex>[0])) + 1 : undefined;
  } catch {
    return undefined;
  }
}
