import { router } from "@/server/platform/trpc/procedures";
import {
  createSchedule,
  listSchedules,
  previewTimes,
  removeSchedule,
  setScheduleActive,
  updateSchedule,
} from "./schedule-procedures";

export const scheduleRouter = router({
  list: listSchedules,
  preview: previewTimes,
  create: createSchedule,
  update: updateSchedule,
  setActive: setScheduleActive,
  remove: removeSchedule,
});
