/** Where a base is shown; its tab and what it searches for are part of the address. */
export const baseAddress = (baseId: string): string => `/knowledge/${encodeURIComponent(baseId)}`;

export interface Passage {
  readonly knowledgeBaseId: string;
  readonly documentId: string;
  /** In UTF-16 code units of the document's text, end exclusive. Without it the document opens at its top. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** Where a document opens, at a passage. */
export const documentAddress = ({ knowledgeBaseId, documentId, range }: Passage): string => {
  const address = `${baseAddress(knowledgeBaseId)}/documents/${encodeURIComponent(documentId)}`;
  return range ? `${address}?start=${range.start}&end=${range.end}` : address;
};

/** The range of an address; null where it has none, or one that makes no sense. */
export const readRange = (parameters: {
  get(name: string): string | null;
}): { readonly start: number; readonly end: number } | null => {
  const [start, end] = ["start", "end"].map((name) => {
    const text = parameters.get(name);
    return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
  });
  return start === null || end === null || start === undefined || end === undefined || end <= start
    ? null
    : { start, end };
};
