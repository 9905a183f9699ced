import { complaintTriage } from "./complaint-triage";
import { firstReply } from "./first-reply";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { messageRouting } from "./message-routing";

/** In the order of the gallery: the easiest first. */
export const templates: readonly PipelineTemplate[] = [firstReply, complaintTriage, messageRouting];

export const findTemplate = (id: string): PipelineTemplate | undefined =>
  templates.find((template) => template.id === id);
