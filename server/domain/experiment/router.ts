import { router } from "@/server/platform/trpc/procedures";
import { acceptJudge } from "./accept-judge";
import { findSentences } from "./find-sentences";
import { forecastExperiment } from "./forecast-experiment";
import { getCell } from "./get-cell";
import { getExperiment } from "./get-experiment";
import { judgeAgreements } from "./judge-agreements";
import { listExperiments } from "./list-experiments";
import { removeExperiment } from "./remove-experiment";
import { resumeExperiment } from "./resume-experiment";
import { experimentRows } from "./row-pages";
import { shareExperiment } from "./share-experiment";
import { shipVariant } from "./ship-variant";
import { sideBySide } from "./side-by-side";
import { startExperiment } from "./start";

export const experimentRouter = router({
  list: listExperiments,
  get: getExperiment,
  forecast: forecastExperiment,
  sentences: findSentences,
  start: startExperiment,
  resume: resumeExperiment,
  remove: removeExperiment,
  rows: experimentRows,
  sideBySide,
  cell: getCell,
  agreements: judgeAgreements,
  acceptJudge,
  share: shareExperiment,
  ship: shipVariant,
});
