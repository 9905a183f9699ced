import type { ContentField, PromptContent } from "@/nodes/lib/prompt/prompt-content";

/** A field of a content as a text that can be read, and compared word by word. */
export const contentText = (content: PromptContent, field: ContentField): string => {
  switch (field) {
    case "system":
    case "user":
      return content[field];
    case "examples":
      return content.examples.map(({ user, assistant }) => `> ${user}\n< ${assistant}`).join("\n\n");
    case "variables":
      return content.variables
        .map(({ name, type, description, example }) =>
          [`${name}: ${type}`, description, example].filter((part) => part !== "").join(" · "),
        )
        .join("\n");
    case "schema":
      return content.schema === null ? "" : JSON.stringify(content.schema, null, 2);
    case "settings":
      return Object.entries(content.settings)
        .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
        .join("\n");
    default:
      return field satisfies never;
  }
};
