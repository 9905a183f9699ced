import { endOfText } from "@/runtime/node/end-of-text";

/**
 * The first name that stands twice in one object of a JSON text, as a path such as `inputs.q`; null where there is none. `JSON.parse` keeps the last
 * value of such a name and says nothing. Expects a text that `JSON.parse` takes.
 */
export const findDuplicateKey = (json: string): string | null => {
  interface Level {
    /** null for a list. */
    readonly names: Set<string> | null;
    last: string;
  }
  const levels: Level[] = [];
  let isName = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    const level = levels.at(-1);
    if (character === "{") {
      levels.push({ names: new Set(), last: "" });
      isName = true;
    } else if (character === "[") {
      levels.push({ names: null, last: "" });
      isName = false;
    } else if (character === "}" || character === "]") {
      levels.pop();
      isName = false;
    } else if (character === ",") isName = level?.names != null;
    else if (character === '"') {
      const end = endOfText(json, index);
      if (isName && level?.names != null) {
        const written = json.slice(index + 1, end);
        const name: string = written.includes("\\") ? JSON.parse(`"${written}"`) : written;
        level.last = name;
        if (level.names.has(name)) {
          return levels
            .filter(({ names }) => names !== null)
            .map(({ last }) => last)
            .join(".");
        }
        level.names.add(name);
        isName = false;
      }
      index = end;
    }
  }
  return null;
};
