import { describeNode } from "@/runtime/testing/node-spec";
import { ioInput } from "../io/input";
import { ioOutput } from "../io/output";
import { flowLoop } from "./loop";

describeNode(flowLoop, "nodes/flow/loop.ts", { inside: [ioInput, ioOutput] });
