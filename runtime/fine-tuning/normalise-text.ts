/** One form for what reads the same: full-width letters, case, and runs of white space. */
export const normaliseText = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** Coarser, for finding doubles: punctuation and symbols gone too, and the gaps that they leave in Chinese. */
export const bareText = (text: string): string =>
  normaliseText(text)
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, "")
    .trim();
