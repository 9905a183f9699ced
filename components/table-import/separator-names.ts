/** What the signs between cells are called in the messages. */
export const separatorNames = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", none: "none" } as const;
