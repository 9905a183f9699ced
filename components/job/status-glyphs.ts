/** How a job stands, as a status of the interface. */
export const statusGlyphs = {
  queued: "waiting",
  running: "running",
  success: "ok",
  failure: "error",
  cancelled: "aborted",
} as const;
