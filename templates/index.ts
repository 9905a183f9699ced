import { adCreative } from "./ad-creative";
import { applianceManual } from "./appliance-manual";
import { complaintClassification } from "./complaint-classification";
import { complaintTriage } from "./complaint-triage";
import { contentReview } from "./content-review";
import { contractFields } from "./contract-fields";
import { decisionSupport } from "./decision-support";
import { financialNews } from "./financial-news";
import { firstReply } from "./first-reply";
import { frequentQuestions } from "./frequent-questions";
import { hybridRouting } from "./hybrid-routing";
import { insuranceClaim } from "./insurance-claim";
import { knowledgeAnswers } from "./knowledge-answers";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { longSummary } from "./long-summary";
import { marketingCopy } from "./marketing-copy";
import { medicalDraft } from "./medical-draft";
import { messageRouting } from "./message-routing";
import { qualityInspection } from "./quality-inspection";
import { safeGateway } from "./safe-gateway";
import { smartCustomerService } from "./smart-customer-service";
import { voiceAnswers } from "./voice-answers";

/** In the order of the gallery: the easiest first. */
export const templates: readonly PipelineTemplate[] = [
  firstReply,
  complaintTriage,
  messageRouting,
  knowledgeAnswers,
  frequentQuestions,
  longSummary,
  smartCustomerService,
  applianceManual,
  voiceAnswers,
  qualityInspection,
  medicalDraft,
  contractFields,
  marketingCopy,
  adCreative,
  safeGateway,
  hybridRouting,
  contentReview,
  insuranceClaim,
  decisionSupport,
  financialNews,
  complaintClassification,
];

export const findTemplate = (id: string): PipelineTemplate | undefined =>
  templates.find((template) => template.id === id);
