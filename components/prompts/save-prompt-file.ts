import { downloadText, fileNameOf } from "@/components/evaluation/results/download-text";
import { type FiledPrompt, toPromptFile } from "@/nodes/lib/prompt/prompt-file";

/** Gives prompts to the person as one YAML file. */
export const savePromptFile = async (name: string, prompts: readonly FiledPrompt[]): Promise<void> => {
  const { stringify } = await import("yaml");
  downloadText(`${fileNameOf(name)}.yaml`, "application/yaml", stringify(toPromptFile(prompts), { lineWidth: 0 }));
};
