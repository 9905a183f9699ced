import type { PromptContent } from "@/nodes/lib/prompt/prompt-content";

/** What every part of the editor is given. */
export interface ContentPartProps {
  readonly content: PromptContent;
  readonly onChange: (change: Partial<PromptContent>) => void;
}
