/** Reads a list of origins, one a line, the way people paste them: with a path or a slash at the end, in capitals, twice. */
export const readOrigins = (text: string): { readonly origins: string[]; readonly wrong: string | null } => {
  const origins = new Set<string>();
  for (const line of text.split(/[\n,]/).map((part) => part.trim())) {
    if (line === "") continue;
    const url = URL.canParse(line) ? new URL(line) : null;
    if (url === null || !/^https?:$/.test(url.protocol) || line.includes("*")) return { origins: [], wrong: line };
    origins.add(url.origin);
  }
  return { origins: [...origins], wrong: null };
};
