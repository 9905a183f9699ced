const longestName = 100;

/** Unique, and never empty: columns without a name are called by their letter. */
export function columnNames(head: readonly string[], columns: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: columns }, (_, place) => {
    const name = (head[place] ?? "").replace(/\s+/g, " ").trim().slice(0, longestName) || columnLetters(place);
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
    taken.add(unique);
    return unique;
  });
}

/** One name of several rows: "2022 / Units" where a group stands above a column, each part once. */
export function joinHeads(heads: readonly (readonly string[])[], columns: number): string[] {
  const spread = heads.map((head, row) =>
    row < heads.length - 1 ? spreadGroups(head, columns, heads.slice(row + 1)) : head,
  );
  return Array.from({ length: columns }, (_, place) => {
    const parts = spread.map((head) => (head[place] ?? "").replace(/\s+/g, " ").trim());
    return parts.filter((part, index) => part !== "" && parts.indexOf(part) === index).join(" ");
  });
}

/** The name of a group stands over its first column only, where the cells are not merged. */
function spreadGroups(head: readonly string[], columns: number, below: readonly (readonly string[])[]): string[] {
  let group = "";
  return Array.from({ length: columns }, (_, place) => {
    const own = (head[place] ?? "").trim();
    if (own !== "") group = own;
    return below.some((row) => (row[place] ?? "").trim() !== "") || own !== "" ? group : "";
  });
}

/** As spreadsheets count columns: A … Z, AA, AB, … */
export const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
