import { router } from "@/server/platform/trpc/procedures";
import { check } from "./check-tuning";
import { deployTuning, undeployTuning } from "./deploy-tuning";
import { makeAgain, resumeTuning, startTuning } from "./start-tuning";
import { connectTrainer, disconnectTrainer, listBases, listTrainers } from "./trainers";
import { compareTunings, getTuning, listTunings, removeTuning } from "./tunings";

export const fineTuningRouter = router({
  trainers: listTrainers,
  connect: connectTrainer,
  disconnect: disconnectTrainer,
  bases: listBases,
  check,
  start: startTuning,
  again: makeAgain,
  resume: resumeTuning,
  list: listTunings,
  get: getTuning,
  compare: compareTunings,
  remove: removeTuning,
  deploy: deployTuning,
  undeploy: undeployTuning,
});
