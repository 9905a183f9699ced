/** Characters of an answer or of an expected value that scorers look at: what is longer is cut, so that time stays bounded. */
export const longestText = 20_000;

/** A value as the text that is compared: text as it is, numbers and yes/no in one word, nothing as nothing, all else as JSON. */
export const asText = (value: unknown, longest = longestText): string => {
  if (typeof value === "string") return value.slice(0, longest);
  if (value === null || value === undefined) return "";
  if (typeof value === "object") return (JSON.stringify(value) ?? "").slice(0, longest);
  return String(value);
};
