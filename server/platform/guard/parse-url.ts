/** `URL.parse` is younger than the oldest Node that we run on. */
export const parseUrl = (text: string, base?: string): URL | null =>
  URL.canParse(text, base) ? new URL(text, base) : null;
