import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { emptyContent } from "@/nodes/lib/prompt/prompt-content";
import { experimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { emptyDocument } from "@/runtime/graph/document";
import { appRouter } from "@/server/api/trpc/root";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

/** Ids of the other workspace, by what they name. */
interface ForeignIds {
  readonly sessionId: string;
  readonly userId: string;
  readonly apiKeyId: string;
  readonly conversationId: string;
  readonly credentialId: string;
  readonly mcpServerId: string;
  readonly datasetId: string;
  readonly deploymentId: string;
  readonly experimentId: string;
  readonly pipelineId: string;
  readonly promptId: string;
  readonly proposalId: string;
  readonly runId: string;
  readonly deliveryId: string;
  readonly scheduleId: string;
  readonly batchId: string;
  readonly triggerId: string;
  readonly taskId: string;
  readonly endpointId: string;
  readonly baseId: string;
  readonly documentId: string;
  readonly questionId: string;
  readonly jobId: string;
  readonly sheetId: string;
  readonly fileId: string;
  readonly trainingSetId: string;
  readonly trainerId: string;
  readonly tuningId: string;
  readonly modelId: string;
  readonly versionId: string;
}
type Api = ReturnType<typeof callerOf>;

const anyRows = { kind: "text", format: "jsonl", text: "{}" } as const;
const anySchedule = {
  name: "Mine now",
  cron: "0 3 * * *",
  timeZone: "UTC",
  inputs: {},
  missed: "skip",
  stopAfter: 5,
} as const;

/**
 * For every procedure that takes an id: the call with an id of another workspace. A procedure that is missing here fails
 * the first test.
 */
const calls: Readonly<Record<string, (api: Api, ids: ForeignIds) => Promise<unknown>>> = {
  "account.endSession": (api, { sessionId }) => api.account.endSession({ id: sessionId }),
  "audit.list": (api, { userId }) => api.audit.list({ userId }),
  "answerCache.state": (api, { pipelineId }) => api.answerCache.state({ pipelineId }),
  "answerCache.clear": (api, { pipelineId }) => api.answerCache.clear({ pipelineId }),
  "apiKey.create": (api, { deploymentId }) => api.apiKey.create({ name: "Mine now", deploymentIds: [deploymentId] }),
  "apiKey.revoke": (api, { apiKeyId }) => api.apiKey.revoke({ id: apiKeyId }),
  "inbox.list": (api, { pipelineId }) => api.inbox.list({ pipelineId }),
  "inbox.toDataset": (api, { pipelineId }) => api.inbox.toDataset({ pipelineId }),
  "inbox.get": (api, { taskId }) => api.inbox.get({ id: taskId }),
  "inbox.reserve": (api, { taskId }) => api.inbox.reserve({ id: taskId, reserve: true }),
  "inbox.decide": (api, { taskId }) => api.inbox.decide({ id: taskId, action: "approve" }),
  "inbox.decideMany": (api, { taskId }) => api.inbox.decideMany({ ids: [taskId], action: "approve" }),
  "conversation.list": (api, { pipelineId }) => api.conversation.list({ pipelineId }),
  "conversation.get": (api, { conversationId }) => api.conversation.get({ id: conversationId }),
  "conversation.erase": (api, { conversationId }) => api.conversation.erase({ id: conversationId }),
  "credential.update": (api, { credentialId }) => api.credential.update({ id: credentialId, name: "Mine now" }),
  "credential.remove": (api, { credentialId }) => api.credential.remove({ id: credentialId }),
  "mcp.update": (api, { mcpServerId }) => api.mcp.update({ id: mcpServerId, name: "Mine now" }),
  "mcp.remove": (api, { mcpServerId }) => api.mcp.remove({ id: mcpServerId }),
  "mcp.refresh": (api, { mcpServerId }) => api.mcp.refresh({ id: mcpServerId }),
  "dataset.get": (api, { datasetId }) => api.dataset.get({ id: datasetId }),
  "dataset.update": (api, { datasetId }) => api.dataset.update({ id: datasetId, name: "Mine now" }),
  "dataset.remove": (api, { datasetId }) => api.dataset.remove({ id: datasetId }),
  "dataset.rows": (api, { datasetId }) => api.dataset.rows({ id: datasetId }),
  "dataset.sample": (api, { datasetId }) => api.dataset.sample({ id: datasetId, by: null, seed: 1, limit: 5 }),
  "dataset.addRows": (api, { datasetId }) => api.dataset.addRows({ id: datasetId, rows: [{ inputs: {} }] }),
  "dataset.updateRow": (api, { datasetId }) => api.dataset.updateRow({ id: datasetId, rowId: "theirs", revision: 1 }),
  "dataset.removeRows": (api, { datasetId }) => api.dataset.removeRows({ id: datasetId, rowIds: ["theirs"] }),
  "dataset.markRows": (api, { datasetId }) => api.dataset.markRows({ id: datasetId, rowIds: ["theirs"], weight: 2 }),
  "dataset.splitRows": (api, { datasetId }) => api.dataset.splitRows({ id: datasetId, validation: 0, test: 0.5 }),
  "dataset.check": (api, { datasetId }) => api.dataset.check({ id: datasetId }),
  "dataset.addRuns": (api, { runId }) => api.dataset.addRuns({ runIds: [runId], into: { name: "Mine now" } }),
  "dataset.addFeedback": (api, { datasetId, pipelineId }) =>
    api.dataset.addFeedback({ pipelineId, into: { datasetId } }),
  "dataset.generateRows": (api, { datasetId }) => api.dataset.generateRows({ id: datasetId, description: "mine now" }),
  "dataset.labelRow": (api, { datasetId }) =>
    api.dataset.labelRow({ id: datasetId, rowId: "theirs", column: "a", value: "mine" }),
  "dataset.agreement": (api, { datasetId }) => api.dataset.agreement({ id: datasetId, column: "a" }),
  "dataset.expectMajority": (api, { datasetId }) => api.dataset.expectMajority({ id: datasetId, column: "a" }),
  "dataset.diffVersion": (api, { datasetId }) => api.dataset.diffVersion({ id: datasetId, versionId: "theirs" }),
  "dataset.restoreVersion": (api, { datasetId }) => api.dataset.restoreVersion({ id: datasetId, versionId: "theirs" }),
  "dataset.saveVersion": (api, { datasetId }) => api.dataset.saveVersion({ id: datasetId }),
  "deployment.callers": (api, { pipelineId }) => api.deployment.callers({ pipelineId }),
  "deployment.get": (api, { pipelineId }) => api.deployment.get({ pipelineId }),
  "deployment.page": (api, { deploymentId }) => api.deployment.page({ id: deploymentId }),
  "rollup.deployment": (api, { deploymentId }) =>
    api.rollup.deployment({
      id: deploymentId,
      period: { before: "2026-11-01T00:00:00Z", edges: ["2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"] },
    }),
  "rollup.setLatencyBudget": (api, { deploymentId }) =>
    api.rollup.setLatencyBudget({ id: deploymentId, milliseconds: 1_500 }),
  "deployment.rollBack": (api, { deploymentId, pipelineId }) =>
    api.deployment.rollBack({ id: deploymentId, revisionId: pipelineId, liveId: pipelineId }),
  "deployment.comparePromotion": (api, { deploymentId }) =>
    api.deployment.comparePromotion({ id: deploymentId, environment: "staging" }),
  "deployment.promote": (api, { deploymentId, pipelineId }) =>
    api.deployment.promote({
      id: deploymentId,
      environment: "staging",
      slug: "mine-now",
      revisionId: pipelineId,
      liveId: null,
    }),
  "deployment.closure": (api, { deploymentId, pipelineId }) =>
    api.deployment.closure({ id: deploymentId, revisionId: pipelineId }),
  "deployment.setChatMapping": (api, { deploymentId }) =>
    api.deployment.setChatMapping({ id: deploymentId, mapping: null }),
  "deployment.describe": (api, { deploymentId }) => api.deployment.describe({ id: deploymentId }),
  "deployment.setLimits": (api, { deploymentId }) => api.deployment.setLimits({ id: deploymentId, limits: {} }),
  "apiKey.rotate": (api, { apiKeyId }) => api.apiKey.rotate({ id: apiKeyId }),
  "apiKey.setLimits": (api, { apiKeyId }) => api.apiKey.setLimits({ id: apiKeyId, limits: { usdPerMonth: 1 } }),
  "trigger.list": (api, { deploymentId }) => api.trigger.list({ deploymentId }),
  "trigger.create": (api, { deploymentId }) =>
    api.trigger.create({ deploymentId, name: "Mine now", scheme: "header", mapping: {} }),
  "trigger.update": (api, { triggerId }) =>
    api.trigger.update({ id: triggerId, name: "Mine now", mapping: {}, active: false }),
  "trigger.remove": (api, { triggerId }) => api.trigger.remove({ id: triggerId }),
  "batch.list": (api, { deploymentId }) => api.batch.list({ deploymentId }),
  "batch.preview": (api, { deploymentId }) => api.batch.preview({ deploymentId, source: anyRows }),
  "batch.start": (api, { deploymentId }) => api.batch.start({ deploymentId, source: anyRows, name: "Mine now" }),
  "batch.cancel": (api, { batchId }) => api.batch.cancel({ id: batchId }),
  "batch.retry": (api, { batchId }) => api.batch.retry({ id: batchId }),
  "batch.remove": (api, { batchId }) => api.batch.remove({ id: batchId }),
  "page.get": (api, { deploymentId }) => api.page.get({ deploymentId }),
  "page.set": (api, { deploymentId }) =>
    api.page.set({
      deploymentId,
      enabled: true,
      access: "public",
      title: "Mine now",
      welcome: "",
      accent: "",
      theme: "auto",
      language: "auto",
      origins: [],
      perMinute: 10,
      limits: {},
    }),
  "schedule.list": (api, { deploymentId }) => api.schedule.list({ deploymentId }),
  "schedule.create": (api, { deploymentId }) => api.schedule.create({ deploymentId, ...anySchedule }),
  "schedule.update": (api, { scheduleId }) => api.schedule.update({ id: scheduleId, ...anySchedule }),
  "schedule.setActive": (api, { scheduleId }) => api.schedule.setActive({ id: scheduleId, active: false }),
  "schedule.remove": (api, { scheduleId }) => api.schedule.remove({ id: scheduleId }),
  "webhook.get": (api, { deploymentId }) => api.webhook.get({ deploymentId }),
  "webhook.set": (api, { deploymentId }) => api.webhook.set({ deploymentId, url: "https://example.com/mine" }),
  "webhook.renewSecret": (api, { deploymentId }) => api.webhook.renewSecret({ deploymentId }),
  "webhook.remove": (api, { deploymentId }) => api.webhook.remove({ deploymentId }),
  "webhook.test": (api, { deploymentId }) => api.webhook.test({ deploymentId }),
  "webhook.deliveries": (api, { deploymentId }) => api.webhook.deliveries({ deploymentId }),
  "webhook.replay": (api, { deliveryId }) => api.webhook.replay({ id: deliveryId }),
  "deployment.publish": (api, { pipelineId }) => api.deployment.publish({ pipelineId, revision: 1, slug: "mine-now" }),
  "deployment.setFollow": (api, { deploymentId }) => api.deployment.setFollow({ id: deploymentId, follows: true }),
  "deployment.setActive": (api, { deploymentId }) => api.deployment.setActive({ id: deploymentId, active: false }),
  "deployment.suggestSlug": (api, { pipelineId }) => api.deployment.suggestSlug({ pipelineId }),
  "endpoint.update": (api, { endpointId }) => api.endpoint.update({ id: endpointId, name: "Mine now" }),
  "endpoint.remove": (api, { endpointId }) => api.endpoint.remove({ id: endpointId }),
  "endpoint.forget": (api, { endpointId }) => api.endpoint.forget({ id: endpointId, model: "any" }),
  "endpoint.discover": (api, { endpointId }) => api.endpoint.discover({ baseUrl: "http://127.0.0.1:9/v1", endpointId }),
  "endpoint.test": (api, { endpointId }) => api.endpoint.test({ id: endpointId }),
  "endpoint.probe": (api, { endpointId }) => api.endpoint.probe({ id: endpointId }),
  "experiment.get": (api, { experimentId }) => api.experiment.get({ id: experimentId }),
  "experiment.list": (api, { pipelineId }) => api.experiment.list({ pipelineId }),
  "experiment.resume": (api, { experimentId }) => api.experiment.resume({ id: experimentId }),
  "experiment.remove": (api, { experimentId }) => api.experiment.remove({ id: experimentId }),
  "experiment.sentences": (api, { pipelineId, datasetId }) =>
    api.experiment.sentences({ pipelineId, datasetId, scorers: [] }),
  "experiment.rows": (api, { experimentId }) => api.experiment.rows({ id: experimentId }),
  "experiment.sideBySide": (api, { experimentId }) => api.experiment.sideBySide({ id: experimentId }),
  "experiment.cell": (api, { experimentId }) => api.experiment.cell({ id: experimentId, row: 0, variant: 0 }),
  "experiment.agreements": (api, { experimentId }) => api.experiment.agreements({ id: experimentId }),
  "experiment.acceptJudge": (api, { experimentId }) =>
    api.experiment.acceptJudge({ id: experimentId, scorerId: "judge", accepted: false }),
  "experiment.share": (api, { experimentId }) => api.experiment.share({ id: experimentId, shared: true }),
  "experiment.ship": (api, { experimentId }) => api.experiment.ship({ id: experimentId, variant: 0 }),
  "file.get": (api, { fileId }) => api.file.get({ id: fileId }),
  "file.remove": (api, { fileId }) => api.file.remove({ id: fileId }),
  "gate.forecast": (api, { pipelineId, datasetId }) =>
    api.gate.forecast({
      pipelineId,
      datasetId,
      spec: {
        scorers: [{ id: "same", type: "text/exact" }],
        requirements: [{ metric: "same.match", margin: 0.05 }],
      },
    }),
  "gate.get": (api, { pipelineId }) => api.gate.get({ pipelineId }),
  "gate.remove": (api, { pipelineId }) => api.gate.remove({ pipelineId }),
  "gate.check": (api, { pipelineId }) => api.gate.check({ pipelineId, revision: 1 }),
  "gate.set": (api, { pipelineId, datasetId }) =>
    api.gate.set({
      pipelineId,
      datasetId,
      spec: {
        scorers: [{ id: "same", type: "text/exact" }],
        requirements: [{ metric: "same.match", margin: null, floor: 0.5, ceiling: null }],
      },
    }),
  "job.get": (api, { jobId }) => api.job.get({ id: jobId }),
  "job.watch": async (api, { jobId }) => {
    for await (const job of await api.job.watch({ id: jobId })) return job;
    return null;
  },
  "job.cancel": (api, { jobId }) => api.job.cancel({ id: jobId }),
  "knowledge.get": (api, { baseId }) => api.knowledge.get({ id: baseId }),
  "knowledge.update": (api, { baseId }) => api.knowledge.update({ id: baseId, name: "Mine now" }),
  "knowledge.remove": (api, { baseId }) => api.knowledge.remove({ id: baseId }),
  "knowledge.addFiles": (api, { baseId, fileId }) => api.knowledge.addFiles({ id: baseId, files: [{ fileId }] }),
  "knowledge.addText": (api, { baseId }) => api.knowledge.addText({ id: baseId, name: "Mine", text: "now" }),
  "knowledge.documents": (api, { baseId }) => api.knowledge.documents({ id: baseId }),
  "knowledge.document": (api, { documentId }) => api.knowledge.document({ id: documentId }),
  "knowledge.documentText": (api, { documentId }) => api.knowledge.documentText({ id: documentId, from: 0, to: 9 }),
  "knowledge.chunks": (api, { documentId }) => api.knowledge.chunks({ id: documentId }),
  "knowledge.removeDocument": (api, { documentId }) => api.knowledge.removeDocument({ id: documentId }),
  "knowledge.retryDocument": (api, { documentId }) => api.knowledge.retryDocument({ id: documentId }),
  "knowledge.readAgain": (api, { documentId }) => api.knowledge.readAgain({ id: documentId, readAs: {} }),
  "knowledge.encodingChoices": (api, { documentId }) => api.knowledge.encodingChoices({ id: documentId }),
  "knowledge.reindex": (api, { baseId }) => api.knowledge.reindex({ id: baseId }),
  "knowledge.search": (api, { baseId }) => api.knowledge.search({ id: baseId, query: "theirs" }),
  "knowledge.questions": (api, { baseId }) => api.knowledge.questions({ id: baseId }),
  "knowledge.addQuestion": (api, { baseId }) =>
    api.knowledge.addQuestion({ id: baseId, question: "?", answers: ["!"] }),
  "knowledge.removeQuestion": (api, { questionId }) => api.knowledge.removeQuestion({ id: questionId }),
  "knowledge.measure": (api, { baseId }) => api.knowledge.measure({ id: baseId }),
  "pipeline.get": (api, { pipelineId }) => api.pipeline.get({ id: pipelineId }),
  "pipeline.save": (api, { pipelineId }) =>
    api.pipeline.save({ id: pipelineId, baseRevision: 1, document: emptyDocument }),
  "pipeline.rename": (api, { pipelineId }) => api.pipeline.rename({ id: pipelineId, name: "Mine now" }),
  "pipeline.duplicate": (api, { pipelineId }) => api.pipeline.duplicate({ id: pipelineId }),
  "pipeline.remove": (api, { pipelineId }) => api.pipeline.remove({ id: pipelineId }),
  "pipeline.restore": (api, { pipelineId }) => api.pipeline.restore({ id: pipelineId }),
  "pipeline.keep": (api, { pipelineId }) => api.pipeline.keep({ id: pipelineId, revision: 1 }),
  "pipeline.revision": (api, { pipelineId }) => api.pipeline.revision({ id: pipelineId, revisionId: pipelineId }),
  "pipeline.stepSource": (api, { pipelineId }) => api.pipeline.stepSource({ id: pipelineId }),
  "pipeline.usedBy": (api, { pipelineId }) => api.pipeline.usedBy({ id: pipelineId }),
  "pipeline.revisions": (api, { pipelineId }) => api.pipeline.revisions({ id: pipelineId }),
  "pipeline.saveSampleInputs": (api, { pipelineId }) => api.pipeline.saveSampleInputs({ id: pipelineId, inputs: {} }),
  "pipeline.evaluationChoice": (api, { pipelineId }) => api.pipeline.evaluationChoice({ id: pipelineId }),
  "pipeline.saveEvaluationChoice": (api, { pipelineId, datasetId }) =>
    api.pipeline.saveEvaluationChoice({
      id: pipelineId,
      choice: { datasetId, inputs: {}, expected: null, scorer: null },
    }),
  "proposal.desk": (api, { pipelineId }) => api.proposal.desk({ pipelineId }),
  "proposal.setOpen": (api, { pipelineId }) => api.proposal.setOpen({ pipelineId, fields: [] }),
  "proposal.try": (api, { pipelineId }) => api.proposal.try({ pipelineId, changes: [], inputs: {} }),
  "proposal.create": (api, { pipelineId }) => api.proposal.create({ pipelineId, changes: [] }),
  "proposal.list": (api, { pipelineId }) => api.proposal.list({ pipelineId }),
  "proposal.get": (api, { proposalId }) => api.proposal.get({ id: proposalId }),
  "proposal.check": (api, { proposalId }) => api.proposal.check({ id: proposalId }),
  "proposal.accept": (api, { proposalId }) => api.proposal.accept({ id: proposalId }),
  "proposal.decline": (api, { proposalId }) => api.proposal.decline({ id: proposalId, reason: "mine now" }),
  "proposal.withdraw": (api, { proposalId }) => api.proposal.withdraw({ id: proposalId }),
  "prompt.get": (api, { promptId }) => api.prompt.get({ id: promptId }),
  "prompt.versions": (api, { promptId }) => api.prompt.versions({ id: promptId }),
  "prompt.version": (api, { promptId }) => api.prompt.version({ id: promptId, number: 1 }),
  "prompt.resolve": (api, { promptId }) => api.prompt.resolve({ id: promptId, at: "production" }),
  "prompt.update": (api, { promptId }) => api.prompt.update({ id: promptId, name: "Mine now" }),
  "prompt.saveVersion": (api, { promptId }) =>
    api.prompt.saveVersion({ id: promptId, parent: 1, newest: 1, content: { ...emptyContent, user: "mine now" } }),
  "promptFigures.version": (api, { promptId }) => api.promptFigures.version({ id: promptId, number: 1 }),
  "promptFigures.log": (api, { promptId }) => api.promptFigures.log({ id: promptId }),
  "promptLabel.usedBy": (api, { promptId }) => api.promptLabel.usedBy({ id: promptId }),
  "promptLabel.plan": (api, { promptId }) => api.promptLabel.plan({ id: promptId, name: "production", number: 1 }),
  "promptLabel.check": (api, { promptId }) => api.promptLabel.check({ id: promptId, name: "production", number: 1 }),
  "promptLabel.move": (api, { promptId }) =>
    api.promptLabel.move({ id: promptId, name: "production", number: 1, from: 1 }),
  "prompt.protectLabel": (api, { promptId }) =>
    api.prompt.protectLabel({ id: promptId, name: "production", protected: true }),
  "prompt.remove": (api, { promptId }) => api.prompt.remove({ id: promptId }),
  "prompt.removeVersion": (api, { promptId }) => api.prompt.removeVersion({ id: promptId, number: 1 }),
  "sheet.list": (api, { pipelineId }) => api.sheet.list({ pipelineId }),
  "sheet.get": (api, { sheetId }) => api.sheet.get({ id: sheetId }),
  "sheet.rows": (api, { sheetId }) => api.sheet.rows({ id: sheetId }),
  "sheet.resume": (api, { sheetId }) => api.sheet.resume({ id: sheetId }),
  "sheet.remove": (api, { sheetId }) => api.sheet.remove({ id: sheetId }),
  "sheet.preview": (api, { pipelineId }) => api.sheet.preview({ pipelineId, source: { kind: "text", text: "a\n1" } }),
  "sheet.start": (api, { pipelineId }) =>
    api.sheet.start({
      pipelineId,
      revision: 1,
      name: "Mine now",
      source: { kind: "text", text: "a\n1" },
      mapping: { a: 0 },
    }),
  "trainingSet.get": (api, { trainingSetId }) => api.trainingSet.get({ id: trainingSetId }),
  "trainingSet.clean": (api, { trainingSetId }) =>
    api.trainingSet.clean({ id: trainingSetId, cleaning: "drop-duplicates" }),
  "trainingSet.remove": (api, { trainingSetId }) => api.trainingSet.remove({ id: trainingSetId }),
  "trainingSet.runFields": (api, { pipelineId }) => api.trainingSet.runFields({ pipelineId }),
  "fineTuning.disconnect": (api, { trainerId }) => api.fineTuning.disconnect({ id: trainerId }),
  "fineTuning.bases": (api, { trainerId }) => api.fineTuning.bases({ id: trainerId }),
  "fineTuning.check": (api, { trainerId, trainingSetId }) =>
    api.fineTuning.check({
      trainerId,
      source: { kind: "training-set", id: trainingSetId },
      base: "theirs",
      method: "lora",
    }),
  "fineTuning.start": (api, { trainerId, trainingSetId }) =>
    api.fineTuning.start({
      trainerId,
      source: { kind: "training-set", id: trainingSetId },
      base: "theirs",
      method: "lora",
      name: "Mine now",
    }),
  "fineTuning.again": (api, { tuningId }) => api.fineTuning.again({ id: tuningId }),
  "fineTuning.resume": (api, { tuningId }) => api.fineTuning.resume({ id: tuningId }),
  "fineTuning.get": (api, { tuningId }) => api.fineTuning.get({ id: tuningId }),
  "fineTuning.compare": (api, { tuningId }) => api.fineTuning.compare({ ids: [tuningId] }),
  "fineTuning.remove": (api, { tuningId }) => api.fineTuning.remove({ id: tuningId }),
  "fineTuning.deploy": (api, { tuningId, endpointId }) =>
    api.fineTuning.deploy({ id: tuningId, endpointId, servedName: "mine" }),
  "fineTuning.undeploy": (api, { tuningId }) => api.fineTuning.undeploy({ id: tuningId }),
  "tunedModel.get": (api, { modelId }) => api.tunedModel.get({ id: modelId }),
  "tunedModel.version": (api, { versionId }) => api.tunedModel.version({ id: versionId }),
  "tunedModel.usage": (api, { modelId }) => api.tunedModel.usage({ id: modelId }),
  "tunedModel.train": (api, { trainingSetId, modelId }) =>
    api.tunedModel.train({ trainingSetId, modelId, settings: {} }),
  "tunedModel.register": (api, { modelId }) =>
    api.tunedModel.register({ modelId, base: "base", method: "lora", servedAs: "local/tiny-local" }),
  "tunedModel.setStage": (api, { versionId }) => api.tunedModel.setStage({ id: versionId, stage: "production" }),
  "tunedModel.compare": (api, { versionId }) => api.tunedModel.compare({ leftId: versionId, rightId: versionId }),
  "tunedModel.confused": (api, { versionId }) =>
    api.tunedModel.confused({ id: versionId, actual: "theirs", predicted: "mine" }),
  "tunedModel.try": (api, { versionId }) => api.tunedModel.try({ id: versionId, text: "mine now" }),
  "tunedModel.update": (api, { modelId }) => api.tunedModel.update({ id: modelId, name: "Mine now" }),
  "tunedModel.remove": (api, { modelId }) => api.tunedModel.remove({ id: modelId }),
  "tunedModel.removeVersion": (api, { versionId }) => api.tunedModel.removeVersion({ id: versionId }),
  "review.queue": (api, { experimentId }) => api.review.queue({ id: experimentId, scorerId: "judge" }),
  "review.answer": (api, { experimentId }) =>
    api.review.answer({ id: experimentId, scorerId: "judge", at: 0, said: "5" }),
  "review.undo": (api, { experimentId }) => api.review.undo({ id: experimentId, scorerId: "judge" }),
  "run.start": (api, { pipelineId }) => api.run.start({ pipelineId, revision: 1, inputs: {} }),
  "run.rate": (api, { runId }) => api.run.rate({ id: runId, rating: "good" }),
  "run.events": async (api, { runId }) => {
    for await (const event of await api.run.events({ runId })) return event;
    return null;
  },
  "run.list": (api, { pipelineId }) => api.run.list({ pipelineId }),
  "run.recentInputs": (api, { pipelineId }) => api.run.recentInputs({ pipelineId }),
  "run.progress": (api, { runId }) => api.run.progress({ id: runId }),
  "run.get": (api, { runId }) => api.run.get({ id: runId }),
  "run.retry": (api, { runId }) => api.run.retry({ id: runId }),
  "run.cancel": (api, { runId }) => api.run.cancel({ id: runId }),
};

const cell = {
  row: 0,
  variant: 0,
  repeat: 0,
  rowId: "theirs",
  cacheKey: "theirs",
  status: "success",
  outputs: "{}",
  scores: "{}",
  durationMs: 1,
  inputTokens: 0,
  outputTokens: 0,
};

/** Ids that belong to no workspace: templates ship with the app, and an event's number counts within a run. */
const sharedIds = new Set(["templateId", "lastEventId", "scorerId"]);

const takesId = (schema: unknown): boolean =>
  schema instanceof z.ZodObject &&
  Object.keys(schema.shape).some((key) => /^(id|ids)$|Ids?$/.test(key) && !sharedIds.has(key));

const withIds = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { inputs: unknown[] } }>)
  .filter(([, { _def }]) => _def.inputs.some(takesId))
  .map(([path]) => path);

it("every procedure that takes an id is tried with a foreign one", () => {
  expect(withIds.toSorted()).toEqual(Object.keys(calls).toSorted());
});

describe("an id of another workspace", () => {
  let database: Database;
  let stranger: Member;
  let ids: ForeignIds;
  let stored: () => Promise<unknown>;

  beforeAll(async () => {
    process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
    database = await openTestDatabase();
    const holder = await addMember(database, "owner");
    stranger = await addMember(database, "owner");
    const pipeline = await callerOf(database, holder).pipeline.create({ name: "Theirs" });
    const endpoint = await callerOf(database, holder).endpoint.create({
      name: "Theirs",
      slug: "theirs",
      replicas: [{ baseUrl: "http://127.0.0.1:9/v1" }],
    });
    const apiKey = await callerOf(database, holder).apiKey.create({ name: "Theirs" });
    const mcpServer = await callerOf(database, holder).mcp.create({
      name: "Theirs",
      url: "http://127.0.0.1:9/mcp",
      credential: null,
    });
    const credential = await callerOf(database, holder).credential.create({
      name: "Theirs",
      hosts: ["api.example.com"],
      settings: { kind: "bearer" },
      secret: "their secret",
    });
    const { workspaceId } = holder;
    const place = { workspaceId, pipelineId: pipeline.id };
    const revision = await database.prisma.revision.create({
      data: { ...place, number: 1, graphHash: "hash", document: { ...emptyDocument } },
    });
    const deployment = await database.prisma.deployment.create({
      data: { ...place, revisionId: revision.id, slug: "theirs" },
    });
    const conversation = await database.prisma.conversation.create({
      data: { ...place, deploymentId: deployment.id, owner: `key:${deployment.id}:`, endUser: "ada", name: "theirs" },
    });
    const run = await database.prisma.run.create({
      data: {
        ...place,
        id: "their-run",
        revisionId: revision.id,
        trigger: "editor",
        status: "success",
        startedAt: new Date(),
      },
    });
    const job = await database.prisma.job.create({
      data: { workspaceId, kind: "theirs", subject: "theirs", input: {}, status: "queued" },
    });
    const file = await storeFile(database, { workspaceId, name: "theirs.txt", bytes: Buffer.from("theirs") });
    const trainingSet = await database.prisma.trainingSet.create({
      data: { workspaceId, name: "Theirs", fileId: file.fileId, contentHash: "hash", rowCount: 0 },
    });
    const model = await database.prisma.tunedModel.create({
      data: { workspaceId, name: "Theirs", slug: "theirs", task: "chat" },
    });
    const trainer = await database.prisma.trainer.create({ data: { workspaceId, endpointId: endpoint.id } });
    const tuning = await database.prisma.tuning.create({
      data: {
        workspaceId,
        name: "Theirs",
        endpointId: endpoint.id,
        tunedModelId: model.id,
        status: "failed",
        request: {},
        rowsFileId: file.fileId,
        dataHash: "hash",
        trainRows: 1,
        heldOutRows: 0,
      },
    });
    const version = await database.prisma.tunedModelVersion.create({
      data: { workspaceId, tunedModelId: model.id, number: 1, base: "theirs", method: "lora" },
    });
    const dataset = await database.prisma.dataset.create({ data: { workspaceId, name: "Theirs" } });
    const datasetVersion = await database.prisma.datasetVersion.create({
      data: {
        workspaceId,
        datasetId: dataset.id,
        number: 1,
        contentHash: "hash",
        columns: [],
        rowCount: 0,
        fileId: file.fileId,
        datasetRevision: 1,
      },
    });
    const experiment = await database.prisma.experiment.create({
      data: {
        ...place,
        name: "Theirs",
        datasetVersionId: datasetVersion.id,
        spec: experimentSpec.parse({
          pipelineId: pipeline.id,
          datasetVersionId: datasetVersion.id,
          baseline: "a",
          variants: [{ key: "a", label: "Theirs", revisionId: revision.id }],
          scorers: [{ id: "judge", type: "judge/rubric" }],
          primary: "judge.grade",
        }),
        cells: { create: { ...cell, workspaceId } },
      },
    });
    const prompt = await callerOf(database, holder).prompt.create({
      name: "Theirs",
      kind: "text",
      content: { ...emptyContent, user: "theirs" },
    });
    const proposal = await database.prisma.proposal.create({
      data: { ...place, baseRevisionId: revision.id, revisionId: revision.id, changes: [] },
    });
    const sheet = await database.prisma.sheet.create({
      data: { ...place, revisionId: revision.id, name: "Theirs", columns: [], mapping: {}, rowsTotal: 1 },
    });
    const base = await database.prisma.knowledgeBase.create({ data: { workspaceId, name: "Theirs" } });
    const owned = { workspaceId, knowledgeBaseId: base.id };
    const document = await database.prisma.knowledgeDocument.create({
      data: { ...owned, name: "Theirs", mediaType: "text/plain", contentHash: "hash", size: 6, text: "theirs" },
    });
    const question = await database.prisma.knowledgeQuestion.create({
      data: { ...owned, question: "Whose?", answers: ["Theirs"] },
    });
    const task = await database.prisma.inboxTask.create({
      data: {
        workspaceId,
        runId: run.id,
        pipelineId: pipeline.id,
        place: '["people","review"]',
        kind: "approve",
        title: "Theirs",
        question: JSON.stringify({
          kind: "approve",
          value: "theirs",
          assignees: { emails: [], role: "viewer" },
          shown: [],
        }),
        role: "viewer",
        reviewers: 1,
        excludesAuthor: false,
        dueAt: new Date(Date.now() + 3_600_000),
      },
    });
    const delivery = await database.prisma.webhookDelivery.create({
      data: { id: "msg_theirs", workspaceId, deploymentId: deployment.id, runId: run.id, nextAt: new Date() },
    });
    await database.prisma.webhook.create({
      data: { deploymentId: deployment.id, workspaceId, url: "https://example.com/theirs", secretCipher: "sealed" },
    });
    const schedule = await database.prisma.schedule.create({
      data: {
        workspaceId,
        deploymentId: deployment.id,
        name: "Theirs",
        cron: "0 3 * * *",
        timeZone: "UTC",
        inputs: "{}",
      },
    });
    const batch = await database.prisma.batch.create({
      data: { workspaceId, deploymentId: deployment.id, name: "Theirs", rowsTotal: 0, state: "ended" },
    });
    const trigger = await database.prisma.trigger.create({
      data: {
        id: "theirs-and-long-enough",
        workspaceId,
        deploymentId: deployment.id,
        name: "Theirs",
        scheme: "header",
        secretCipher: "sealed",
      },
    });
    ids = {
      triggerId: trigger.id,
      batchId: batch.id,
      scheduleId: schedule.id,
      deliveryId: delivery.id,
      datasetId: dataset.id,
      experimentId: experiment.id,
      baseId: base.id,
      documentId: document.id,
      questionId: question.id,
      trainingSetId: trainingSet.id,
      trainerId: trainer.id,
      tuningId: tuning.id,
      modelId: model.id,
      versionId: version.id,
      fileId: file.fileId,
      jobId: job.id,
      sheetId: sheet.id,
      pipelineId: pipeline.id,
      promptId: prompt.id,
      proposalId: proposal.id,
      endpointId: endpoint.id,
      sessionId: holder.sessionId,
      userId: holder.userId,
      apiKeyId: apiKey.id,
      conversationId: conversation.id,
      credentialId: credential.id,
      mcpServerId: mcpServer.id,
      deploymentId: deployment.id,
      runId: run.id,
      taskId: task.id,
    };
    stored = () =>
      database.prisma.workspace.findUniqueOrThrow({
        where: { id: holder.workspaceId },
        include: {
          pipelines: true,
          revisions: true,
          runs: true,
          inboxTasks: true,
          inboxDecisions: true,
          endpoints: true,
          deployments: true,
          datasets: true,
          datasetRows: true,
          datasetVersions: true,
          datasetLabels: true,
          experiments: true,
          experimentCells: true,
          reviewAnswers: true,
          apiKeys: true,
          conversations: true,
          credentials: true,
          mcpServers: true,
          webhooks: true,
          schedules: true,
          batches: true,
          triggers: true,
          publicPages: true,
          webhookDeliveries: true,
          jobs: true,
          sheets: true,
          prompts: true,
          promptVersions: true,
          promptLabels: true,
          knowledgeBases: true,
          knowledgeDocuments: true,
          knowledgeQuestions: true,
          storedFiles: true,
          trainingSets: true,
          tunedModels: true,
          tunedModelVersions: true,
        },
      });
  });
  afterAll(() => database.close());

  it.each(Object.entries(calls))("gets nothing out of %s, and changes nothing", async (_, call) => {
    const before = await stored();
    const foreign = await call(callerOf(database, stranger), ids).catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: "NOT_FOUND", details: { reason: "not-found" } });
    const none = "c000000000000000000000000";
    const absent = {
      deliveryId: none,
      scheduleId: none,
      batchId: none,
      triggerId: none,
      sessionId: none,
      userId: none,
      pipelineId: none,
      promptId: none,
      proposalId: none,
      endpointId: none,
      apiKeyId: none,
      conversationId: none,
      credentialId: none,
      mcpServerId: none,
      datasetId: none,
      experimentId: none,
      deploymentId: none,
      runId: none,
      taskId: none,
      jobId: none,
      sheetId: none,
      baseId: none,
      documentId: none,
      questionId: none,
      fileId: none,
      trainingSetId: none,
      trainerId: none,
      tuningId: none,
      modelId: none,
      versionId: none,
    };
    const unknown = await call(callerOf(database, stranger), absent).catch((error: unknown) => error);
    expect(String(unknown)).toBe(String(foreign));
    expect(await stored()).toEqual(before);
  });
});
