import { describeNode } from "@/runtime/testing/node-spec";
import { ioInput } from "../io/input";
import { ioOutput } from "../io/output";
import { flowSubPipeline } from "./sub-pipeline";

describeNode(flowSubPipeline, "nodes/flow/sub-pipeline.ts", { inside: [ioInput, ioOutput] });
