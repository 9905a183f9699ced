import { type RunRequest, runRequest } from "./published.types";
import { readBody } from "./read-body";

export const readRunRequest = (body: unknown): RunRequest =>
  readBody(runRequest, body, 'Send {"inputs": {…}, "stream": false} and nothing else.');
